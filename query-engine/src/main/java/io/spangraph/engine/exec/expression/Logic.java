package io.spangraph.engine.exec.expression;

import static io.spangraph.engine.exec.expression.TruthBuilder.FALSE;
import static io.spangraph.engine.exec.expression.TruthBuilder.TRUE;
import static io.spangraph.engine.exec.expression.TruthBuilder.UNKNOWN;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.BooleanVector;
import java.util.Arrays;
import java.util.List;

/** AND, OR, XOR and NOT in three-valued logic. An operand is evaluated only for the rows that it can still decide. */
public final class Logic {
    private Logic() {}

    /** A conjunction, which one false operand decides, or a disjunction, which one true operand decides. */
    public record Junction(List<CompiledExpression> operands, boolean conjunction) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            byte decisive = conjunction ? FALSE : TRUE;
            byte[] truths = new byte[batch.physicalRows()];
            Arrays.fill(truths, conjunction ? TRUE : FALSE);
            int[] open = batch.selectedRows();
            for (CompiledExpression operand : operands) {
                if (open.length == 0) {
                    break;
                }
                open = decide(operand.evaluate(batch.select(open)), open, decisive, truths);
            }
            TruthBuilder result = new TruthBuilder(truths.length);
            for (int row : batch.selectedRows()) {
                result.set(row, truths[row]);
            }
            return result.build();
        }

        /** Notes an operand's truth; gives the rows that are still open. */
        private static int[] decide(Vector operand, int[] open, byte decisive, byte[] truths) {
            int[] left = new int[open.length];
            int count = 0;
            for (int row : open) {
                byte truth = TruthBuilder.at(operand, row);
                if (truth == decisive) {
                    truths[row] = truth;
                } else {
                    truths[row] = truth == UNKNOWN ? UNKNOWN : truths[row];
                    left[count++] = row;
                }
            }
            return Arrays.copyOf(left, count);
        }
    }

    public record Negation(CompiledExpression operand) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            Vector input = operand.evaluate(batch);
            TruthBuilder result = new TruthBuilder(batch.physicalRows());
            for (int row : batch.selectedRows()) {
                result.set(row, Comparison.negate(TruthBuilder.at(input, row)));
            }
            return result.build();
        }
    }

    record ExclusiveOr(CompiledExpression left, CompiledExpression right) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            Vector a = left.evaluate(batch);
            Vector b = right.evaluate(batch);
            TruthBuilder result = new TruthBuilder(batch.physicalRows());
            for (int row : batch.selectedRows()) {
                byte x = TruthBuilder.at(a, row);
                byte y = TruthBuilder.at(b, row);
                if (x == UNKNOWN || y == UNKNOWN) {
                    result.setUnknown(row);
                } else {
                    result.set(row, x != y);
                }
            }
            return result.build();
        }
    }

    public record NullTest(CompiledExpression operand, boolean negated) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            Vector input = operand.evaluate(batch);
            if (input instanceof BooleanVector booleans) {
                return of(booleans.nulls(), batch.physicalRows());
            }
            TruthBuilder result = new TruthBuilder(batch.physicalRows());
            for (int row : batch.selectedRows()) {
                result.set(row, input.isNull(row) != negated);
            }
            return result.build();
        }

        private Vector of(NullMask nulls, int rows) {
            boolean[] truths = new boolean[rows];
            long[] words = nulls.wordsFor(rows);
            for (int row = 0; row < rows; row++) {
                truths[row] = (words[row >> 6] >>> row & 1) == 0 == negated;
            }
            return new BooleanVector(truths, NullMask.NONE);
        }
    }
}
