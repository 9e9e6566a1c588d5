package io.spangraph.engine.exec.expression;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.Quantifier;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Expressions that go through a list element by element. The elements of many rows are laid out as rows of one batch, so
 * that what is computed for each element is computed for batches too.
 */
final class ListLoops {
    private ListLoops() {}

    /**
     * The list, and the columns that are read beside its elements.
     *
     * @param columns positions in the outer layout; in the inner one they come first, the element last
     */
    record Source(CompiledExpression list, int[] columns, Cancellation cancellation) {
        /** Takes the elements of some rows at a time. */
        interface Consumer {
            /**
             * Takes a batch of elements.
             *
             * @param owners by element: the row whose list it is in
             */
            void accept(RowBatch elements, int[] owners);
        }

        /** Hands out all elements of all rows; tells by row whether there is a list. */
        boolean[] forEach(RowBatch batch, Consumer consumer) {
            Vector lists = list.evaluate(batch);
            boolean[] present = new boolean[batch.physicalRows()];
            List<Value> elements = new ArrayList<>();
            List<Integer> owners = new ArrayList<>();
            for (int row : batch.selectedRows()) {
                Value value = lists.value(row);
                if (value.isNull()) {
                    continue;
                }
                present[row] = true;
                for (Value element : elementsOf(value)) {
                    elements.add(element);
                    owners.add(row);
                }
                if (elements.size() >= RowBatch.TARGET_ROWS) {
                    handOut(batch, elements, owners, consumer);
                }
            }
            handOut(batch, elements, owners, consumer);
            return present;
        }

        private void handOut(RowBatch batch, List<Value> elements, List<Integer> owners, Consumer consumer) {
            if (elements.isEmpty()) {
                return;
            }
            cancellation.poll();
            int[] rows = owners.stream().mapToInt(Integer::intValue).toArray();
            List<Vector> vectors = new ArrayList<>();
            for (int column : columns) {
                vectors.add(gathered(batch.column(column), rows));
            }
            vectors.add(vector(elements.toArray(Value[]::new)));
            consumer.accept(RowBatch.of(vectors, rows.length), rows);
            elements.clear();
            owners.clear();
        }

        static Vector gathered(Vector column, int[] rows) {
            Value[] values = new Value[rows.length];
            Arrays.setAll(values, i -> column.value(rows[i]));
            return vector(values);
        }

        static Vector vector(Value[] values) {
            int[] all = new int[values.length];
            Arrays.setAll(all, i -> i);
            return Vectors.ofValues(values, all);
        }

        static List<Value> elementsOf(Value list) {
            if (list instanceof Value.ListValue(List<Value> elements)) {
                return elements;
            }
            throw QueryException.of(
                    QueryErrorCode.TYPE_ERROR,
                    "Type mismatch: expected List<T> but was " + Values.typeName(list) + ": "
                            + ValueText.excerpt(list));
        }
    }

    /** {@code [x IN list WHERE condition | value]}. */
    record Comprehension(Source source, Optional<CompiledExpression> condition, Optional<CompiledExpression> value)
            implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            List<List<Value>> lists = new ArrayList<>();
            for (int i = 0; i < batch.physicalRows(); i++) {
                lists.add(new ArrayList<>(0));
            }
            boolean[] present = source.forEach(batch, (elements, owners) -> {
                RowBatch kept =
                        condition.isPresent() ? elements.select(satisfying(condition.get(), elements)) : elements;
                Vector values = value.isPresent()
                        ? value.get().evaluate(kept)
                        : kept.columns().getLast();
                for (int element : kept.selectedRows()) {
                    lists.get(owners[element]).add(values.value(element));
                }
            });
            Value[] results = Vectors.nulls(batch.physicalRows());
            for (int row : batch.selectedRows()) {
                results[row] = present[row] ? Value.of(lists.get(row)) : Value.NULL;
            }
            return Vectors.ofValues(results, batch.selectedRows());
        }

        private static int[] satisfying(CompiledExpression condition, RowBatch elements) {
            Vector truth = condition.evaluate(elements);
            return Arrays.stream(elements.selectedRows())
                    .filter(element -> TruthBuilder.at(truth, element) == TruthBuilder.TRUE)
                    .toArray();
        }
    }

    /** {@code all(x IN list WHERE condition)} and its like. */
    record Predicate(Quantifier quantifier, Source source, CompiledExpression condition) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            int[][] counts = new int[3][batch.physicalRows()];
            boolean[] present = source.forEach(batch, (elements, owners) -> {
                Vector truth = condition.evaluate(elements);
                for (int element : elements.selectedRows()) {
                    counts[TruthBuilder.at(truth, element)][owners[element]]++;
                }
            });
            TruthBuilder result = new TruthBuilder(batch.physicalRows());
            for (int row : batch.selectedRows()) {
                byte truth = TruthBuilder.UNKNOWN;
                if (present[row]) {
                    truth = TruthBuilder.of(quantifier.of(
                            counts[TruthBuilder.TRUE][row],
                            counts[TruthBuilder.FALSE][row],
                            counts[TruthBuilder.UNKNOWN][row]));
                }
                result.set(row, truth);
            }
            return result.build();
        }
    }
}
