package io.spangraph.engine.exec.expression;

import io.spangraph.engine.context.MemoryBudget;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.ValueSize;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code reduce(a = start, x IN list | step)}. The first step of all rows is computed as one batch, then the second of
 * those that have a second element, and so on, because each step needs the one before.
 *
 * @param source in the inner layout its columns come first, then the accumulator, then the element
 */
record Reduction(CompiledExpression start, ListLoops.Source source, CompiledExpression step, MemoryBudget memory)
        implements CompiledExpression {

    @Override
    public Vector evaluate(RowBatch batch) {
        Vector starts = start.evaluate(batch);
        Vector lists = source.list().evaluate(batch);
        Value[] results = Vectors.nulls(batch.physicalRows());
        int[] rows = Arrays.stream(batch.selectedRows())
                .filter(row -> !lists.value(row).isNull())
                .toArray();
        List<List<Value>> elements = new ArrayList<>();
        for (int row : rows) {
            results[row] = starts.value(row);
            elements.add(ListLoops.Source.elementsOf(lists.value(row)));
        }
        Held held = new Held(memory);
        try {
            reduce(batch, rows, elements, results, held);
        } finally {
            held.release();
        }
        return Vectors.ofValues(results, batch.selectedRows());
    }

    private void reduce(RowBatch batch, int[] rows, List<List<Value>> elements, Value[] results, Held held) {
        int[] left = longerThan(0, elements, allOf(rows.length));
        for (int round = 0; left.length > 0; round++) {
            source.cancellation().poll();
            Value[] accumulated = new Value[left.length];
            Value[] current = new Value[left.length];
            int[] owners = new int[left.length];
            for (int i = 0; i < left.length; i++) {
                owners[i] = rows[left[i]];
                accumulated[i] = results[owners[i]];
                current[i] = elements.get(left[i]).get(round);
            }
            Vector next = step.evaluate(inner(batch, owners, accumulated, current));
            for (int i = 0; i < left.length; i++) {
                results[owners[i]] = next.value(i);
            }
            held.atLeast(bytes(results, owners));
            left = longerThan(round + 1, elements, left);
        }
    }

    /** Of what can grow from step to step: texts, lists and maps. */
    private static long bytes(Value[] results, int[] rows) {
        long bytes = 0;
        for (int row : rows) {
            bytes += ValueSize.of(results[row]);
        }
        return bytes;
    }

    private RowBatch inner(RowBatch batch, int[] owners, Value[] accumulated, Value[] current) {
        List<Vector> vectors = new ArrayList<>();
        for (int column : source.columns()) {
            vectors.add(ListLoops.Source.gathered(batch.column(column), owners));
        }
        vectors.add(ListLoops.Source.vector(accumulated));
        vectors.add(ListLoops.Source.vector(current));
        return RowBatch.of(vectors, owners.length);
    }

    private static int[] longerThan(int length, List<List<Value>> lists, int[] candidates) {
        return Arrays.stream(candidates)
                .filter(i -> lists.get(i).size() > length)
                .toArray();
    }

    private static int[] allOf(int count) {
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /** The most that the accumulators held: a step can double a list or a text each time. */
    private static final class Held {
        private final MemoryBudget memory;
        private long bytes;

        Held(MemoryBudget memory) {
            this.memory = memory;
        }

        void atLeast(long needed) {
            if (needed > bytes) {
                memory.reserve(needed - bytes, "reduce()");
                bytes = needed;
            }
        }

        void release() {
            memory.release(bytes);
        }
    }
}
