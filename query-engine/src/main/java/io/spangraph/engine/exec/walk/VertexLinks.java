package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.walk.WalkSpec.EndMatch;
import io.spangraph.engine.exec.walk.WalkSpec.KeyPart;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a vertex variable: which edges lead away from each, and which rows an edge leads to. */
final class VertexLinks {
    private final WalkSpec spec;
    private final WalkEdges edges;
    private final Variable variable;
    private final HeldMemory memory;
    /** By kind: the number of each row's near key. */
    private final List<IntList> nearKeyOf = new ArrayList<>();
    /** By kind: the number of each end's far key. */
    private final List<IntList> endKeyOf = new ArrayList<>();
    /** By kind: rows that edges lead to, and beside them the number of the far key. */
    private final List<IntList> reached = new ArrayList<>();

    private final List<IntList> farKeyOf = new ArrayList<>();

    VertexLinks(WalkSpec spec, WalkEdges edges, Variable variable, HeldMemory memory) {
        this.spec = spec;
        this.edges = edges;
        this.variable = variable;
        this.memory = memory;
        for (int kind = 0; kind < spec.kinds().size(); kind++) {
            nearKeyOf.add(new IntList(memory));
            farKeyOf.add(new IntList(memory));
            endKeyOf.add(new IntList(memory));
            reached.add(new IntList(memory));
        }
    }

    /** Adds rows that edges lead away from. */
    void addSources(RowBatch batch, RowLayout layout) {
        for (int kind = 0; kind < spec.kinds().size(); kind++) {
            for (int number :
                    numbers(edges.nearKeys(kind), spec.kinds().get(kind).near(), batch, layout)) {
                nearKeyOf.get(kind).add(number);
            }
        }
    }

    /**
     * Adds rows that edges lead to.
     *
     * @param first the number of the first of them
     */
    void addDestinations(RowBatch batch, RowLayout layout, int first) {
        for (int kind = 0; kind < spec.kinds().size(); kind++) {
            int[] numbers = numbers(edges.farKeys(kind), spec.kinds().get(kind).far(), batch, layout);
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] != KeyIndex.ABSENT) {
                    farKeyOf.get(kind).add(numbers[i]);
                    reached.get(kind).add(first + i);
                }
            }
        }
    }

    /** The rows that some edge leads to. */
    RowBatch led(RowBatch batch, RowLayout layout) {
        int[] positions = batch.selectedRows();
        boolean[] isLed = new boolean[positions.length];
        for (int kind = 0; kind < spec.kinds().size(); kind++) {
            int[] numbers = numbers(edges.farKeys(kind), spec.kinds().get(kind).far(), batch, layout);
            for (int i = 0; i < numbers.length; i++) {
                isLed[i] |= numbers[i] != KeyIndex.ABSENT;
            }
        }
        return batch.select(IntStream.range(0, positions.length)
                .filter(i -> isLed[i])
                .map(i -> positions[i])
                .toArray());
    }

    /** Adds rows of which it is asked whether an edge leads to them. */
    void addEnds(RowBatch batch, RowLayout layout) {
        for (int kind = 0; kind < spec.kinds().size(); kind++) {
            for (int number :
                    numbers(edges.farKeys(kind), spec.kinds().get(kind).far(), batch, layout)) {
                endKeyOf.get(kind).add(number);
            }
        }
    }

    private int[] numbers(KeyIndex keys, EndMatch end, RowBatch batch, RowLayout layout) {
        int[] positions = batch.selectedRows();
        Vector types = batch.column(layout.requirePosition(new ColumnId(variable, new EntityField.TypeName())));
        int[] numbers = new int[positions.length];
        Arrays.fill(numbers, KeyIndex.ABSENT);
        int[] candidates = new int[positions.length];
        int[] candidateAt = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            if (hasText(types, positions[i], end.vertexType())) {
                candidateAt[count] = i;
                candidates[count++] = positions[i];
            }
        }
        if (count > 0) {
            List<Vector> key = end.key().stream()
                    .map(KeyPart::vertex)
                    .map(field -> batch.column(layout.requirePosition(new ColumnId(variable, field))))
                    .toList();
            int[] found = keys.find(key, Arrays.copyOf(candidates, count));
            for (int i = 0; i < count; i++) {
                numbers[candidateAt[i]] = found[i];
            }
        }
        return numbers;
    }

    static boolean hasText(Vector vector, int row, String text) {
        return vector.value(row) instanceof Value.StringValue(String found) && found.equals(text);
    }

    /** The number of the key by which edges of a kind lead away from a row. */
    int nearKey(int kind, int row) {
        return nearKeyOf.get(kind).get(row);
    }

    /** The number of the key by which edges of a kind lead to an end, or {@link KeyIndex#ABSENT}. */
    int endKey(int kind, int row) {
        return endKeyOf.get(kind).get(row);
    }

    /** By kind: the rows that edges lead to, in groups by the number of their far key. */
    List<Groups> byFarKey() {
        List<Groups> groups = new ArrayList<>();
        for (int kind = 0; kind < spec.kinds().size(); kind++) {
            groups.add(Groups.of(edges.farKeys(kind).size(), farKeyOf.get(kind), reached.get(kind), memory));
        }
        return groups;
    }
}
