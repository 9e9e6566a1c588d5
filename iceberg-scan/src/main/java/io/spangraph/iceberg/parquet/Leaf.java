package io.spangraph.iceberg.parquet;

import java.util.List;
import java.util.OptionalInt;

/**
 * A column of primitive values of a file's schema.
 *
 * @param index position among the leaves, and of its chunk in each row group
 * @param fieldId Iceberg's id of the field, where the writer left one
 * @param typeLength bytes of a value of type {@link PhysicalType#FIXED}, else 0
 * @param optional whether values may be null
 * @param flat whether the column lies at the top level and is not repeated; only such columns are decoded here
 */
public record Leaf(
        int index,
        List<String> path,
        OptionalInt fieldId,
        PhysicalType physical,
        LogicalKind logical,
        int typeLength,
        boolean optional,
        boolean flat) {
    public Leaf {
        path = List.copyOf(path);
    }

    /** The path as messages show it. */
    public String name() {
        return String.join(".", path);
    }

    /** Bytes of a plain value; 0 when they differ from value to value. */
    int width() {
        return physical == PhysicalType.FIXED ? typeLength : physical.bytes();
    }

    /** Whether values are decoded into bytes. */
    boolean binary() {
        return physical == PhysicalType.BYTE_ARRAY || physical == PhysicalType.FIXED;
    }
}
