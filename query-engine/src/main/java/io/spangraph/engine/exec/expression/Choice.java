package io.spangraph.engine.exec.expression;

import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Expressions that take each row's value from one of several others, which are evaluated for those rows only. */
public final class Choice {
    private Choice() {}

    /** The first branch whose condition is true. */
    public record FirstTrue(
            List<CompiledExpression> conditions,
            List<CompiledExpression> values,
            Optional<CompiledExpression> otherwise)
            implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            int[] choice = new int[batch.physicalRows()];
            Arrays.fill(choice, -1);
            List<Vector> sources = new ArrayList<>();
            int[] open = batch.selectedRows();
            for (int i = 0; i < conditions.size() && open.length > 0; i++) {
                Vector condition = conditions.get(i).evaluate(batch.select(open));
                Split split = Split.of(condition, open);
                mark(choice, split.taken(), sources.size());
                sources.add(values.get(i).evaluate(batch.select(split.taken())));
                open = split.left();
            }
            if (otherwise.isPresent() && open.length > 0) {
                mark(choice, open, sources.size());
                sources.add(otherwise.get().evaluate(batch.select(open)));
            }
            return Vectors.choose(sources, choice, batch.selectedRows());
        }
    }

    /** The first value that is not null. */
    public record FirstPresent(List<CompiledExpression> candidates) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            int[] choice = new int[batch.physicalRows()];
            Arrays.fill(choice, -1);
            List<Vector> sources = new ArrayList<>();
            int[] open = batch.selectedRows();
            for (CompiledExpression candidate : candidates) {
                if (open.length == 0) {
                    break;
                }
                Vector source = candidate.evaluate(batch.select(open));
                int[] left = new int[open.length];
                int count = 0;
                for (int row : open) {
                    if (source.isNull(row)) {
                        left[count++] = row;
                    } else {
                        choice[row] = sources.size();
                    }
                }
                sources.add(source);
                open = Arrays.copyOf(left, count);
            }
            return Vectors.choose(sources, choice, batch.selectedRows());
        }
    }

    private static void mark(int[] choice, int[] rows, int source) {
        for (int row : rows) {
            choice[row] = source;
        }
    }

    /** The rows for which a condition is true, and the others. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Split(int[] taken, int[] left) {
        static Split of(Vector condition, int[] rows) {
            int[] taken = new int[rows.length];
            int[] left = new int[rows.length];
            int takenCount = 0;
            int leftCount = 0;
            for (int row : rows) {
                if (TruthBuilder.at(condition, row) == TruthBuilder.TRUE) {
                    taken[takenCount++] = row;
                } else {
                    left[leftCount++] = row;
                }
            }
            return new Split(Arrays.copyOf(taken, takenCount), Arrays.copyOf(left, leftCount));
        }
    }
}
