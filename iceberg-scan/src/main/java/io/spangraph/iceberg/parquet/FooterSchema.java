package io.spangraph.iceberg.parquet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/** Turns the schema elements of a footer, which list a tree from the top, into its leaves. */
record FooterSchema(List<Leaf> leaves, boolean hasFieldIds) {
    /** A group whose children follow. */
    private static final class Group {
        private final SchemaElement element;
        private final boolean plain;
        private int childrenLeft;

        /** @param plain whether a leaf right below it is flat */
        Group(SchemaElement element, boolean plain) {
            this.element = element;
            this.plain = plain;
            this.childrenLeft = element.getNum_children();
        }
    }

    static FooterSchema of(RangeReader file, long position, List<SchemaElement> elements) {
        if (elements.isEmpty() || elements.getFirst().getNum_children() < 0) {
            throw new ParquetDamage(file, position, "the footer has no schema");
        }
        List<Leaf> leaves = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        Deque<Group> open = new ArrayDeque<>();
        open.addLast(new Group(elements.getFirst(), true));
        for (SchemaElement element : elements.subList(1, elements.size())) {
            closeFinished(open);
            Group parent = open.peekLast();
            if (parent == null || element.getNum_children() < 0) {
                throw new ParquetDamage(file, position, "the schema is no tree at " + element.getName());
            }
            parent.childrenLeft--;
            if (element.isSetField_id() && !ids.add(element.getField_id())) {
                throw new ParquetDamage(file, position, "two columns have the id " + element.getField_id());
            }
            if (!element.isSetRepetition_type()) {
                throw new ParquetDamage(
                        file, position, "the schema does not say how often " + element.getName() + " is");
            }
            if (element.isSetType()) {
                leaves.add(leaf(file, position, leaves.size(), open, parent.plain, element));
            } else {
                open.addLast(new Group(element, false));
            }
        }
        closeFinished(open);
        if (!open.isEmpty()) {
            throw new ParquetDamage(file, position, "the schema ends too early");
        }
        return new FooterSchema(List.copyOf(leaves), !ids.isEmpty());
    }

    private static void closeFinished(Deque<Group> open) {
        while (!open.isEmpty() && open.getLast().childrenLeft == 0) {
            open.removeLast();
        }
    }

    private static Leaf leaf(
            RangeReader file, long position, int index, Deque<Group> open, boolean top, SchemaElement element) {
        List<String> path = new ArrayList<>();
        open.stream().skip(1).forEach(group -> path.add(group.element.getName()));
        path.add(element.getName());
        PhysicalType physical = physical(element);
        int typeLength = physical == PhysicalType.FIXED ? element.getType_length() : 0;
        if (physical == PhysicalType.FIXED && typeLength <= 0) {
            throw new ParquetDamage(
                    file, position, "values of " + String.join(".", path) + " have the length " + typeLength);
        }
        return new Leaf(
                index,
                path,
                element.isSetField_id() ? OptionalInt.of(element.getField_id()) : OptionalInt.empty(),
                physical,
                LogicalKinds.of(element),
                typeLength,
                element.getRepetition_type() != FieldRepetitionType.REQUIRED,
                top && element.getRepetition_type() != FieldRepetitionType.REPEATED);
    }

    private static PhysicalType physical(SchemaElement element) {
        return switch (element.getType()) {
            case BOOLEAN -> PhysicalType.BOOLEAN;
            case INT32 -> PhysicalType.INT32;
            case INT64 -> PhysicalType.INT64;
            case INT96 -> PhysicalType.INT96;
            case FLOAT -> PhysicalType.FLOAT;
            case DOUBLE -> PhysicalType.DOUBLE;
            case BYTE_ARRAY -> PhysicalType.BYTE_ARRAY;
            case FIXED_LEN_BYTE_ARRAY -> PhysicalType.FIXED;
        };
    }
}
