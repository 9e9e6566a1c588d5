package io.spangraph.engine.exec;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.BooleanVector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Narrows batches to the rows for which something is true. */
public final class RowSelection {
    private RowSelection() {}

    /**
     * The rows of the batch where the condition is true; not those where it is false or null.
     *
     * @param condition a vector of truth values beside the batch's columns
     */
    public static RowBatch whereTrue(RowBatch batch, Vector condition) {
        if (condition instanceof BooleanVector(boolean[] values, NullMask nulls)) {
            return whereTrue(batch, values, nulls);
        }
        if (condition instanceof ConstantVector constant) {
            return batch.rowCount() == 0 || isTrue(constant.constant()) ? batch : batch.select(new int[0]);
        }
        return where(batch, row -> isTrue(condition.value(row)));
    }

    private static RowBatch whereTrue(RowBatch batch, boolean[] values, NullMask nulls) {
        int[] kept = new int[batch.rowCount()];
        int count = 0;
        if (batch.isWhole() && nulls.isEmpty()) {
            for (int row = 0; row < kept.length; row++) {
                kept[count] = row;
                count += values[row] ? 1 : 0;
            }
        } else if (batch.isWhole()) {
            long[] words = nulls.wordsFor(kept.length);
            for (int row = 0; row < kept.length; row++) {
                kept[count] = row;
                count += values[row] && (words[row >> 6] >>> row & 1) == 0 ? 1 : 0;
            }
        } else {
            for (int row : batch.selectedRows()) {
                kept[count] = row;
                count += values[row] && !nulls.isNull(row) ? 1 : 0;
            }
        }
        return first(batch, kept, count);
    }

    /** The rows of the batch where no value of the column is null. */
    public static RowBatch whereNotNull(RowBatch batch, Vector column) {
        return switch (column) {
            case Vector.LongVector longs -> whereNotNull(batch, longs.nulls());
            case Vector.DoubleVector doubles -> whereNotNull(batch, doubles.nulls());
            case BooleanVector booleans -> whereNotNull(batch, booleans.nulls());
            case Vector.TextVector texts -> whereNotNull(batch, texts.nulls());
            case Vector.DictionaryVector(int[] codes, List<?> dictionary) -> whereNotNull(batch, codes);
            case ConstantVector constant -> constant.constant().isNull() ? batch.select(new int[0]) : batch;
            case Vector.ValueVector values -> where(batch, row -> !values.isNull(row));
        };
    }

    private static RowBatch whereNotNull(RowBatch batch, NullMask nulls) {
        if (nulls.isEmpty()) {
            return batch;
        }
        int[] kept = new int[batch.rowCount()];
        long[] words = nulls.wordsFor(batch.physicalRows());
        int count = 0;
        for (int row : batch.selectedRows()) {
            kept[count] = row;
            count += (words[row >> 6] >>> row & 1) == 0 ? 1 : 0;
        }
        return first(batch, kept, count);
    }

    private static RowBatch whereNotNull(RowBatch batch, int[] codes) {
        int[] kept = new int[batch.rowCount()];
        int count = 0;
        for (int row : batch.selectedRows()) {
            kept[count] = row;
            // The code of null is -1.
            count += codes[row] >>> 31 ^ 1;
        }
        return first(batch, kept, count);
    }

    /** The rows, by their positions in the vectors, that pass; the batch itself if all do. */
    public static RowBatch where(RowBatch batch, IntPredicate passes) {
        int[] kept = new int[batch.rowCount()];
        int count = 0;
        for (int row : batch.selectedRows()) {
            if (passes.test(row)) {
                kept[count++] = row;
            }
        }
        return first(batch, kept, count);
    }

    /** The first of these positions of rows of a batch; the batch itself if they are all of its rows. */
    public static RowBatch first(RowBatch batch, int[] kept, int count) {
        return count == batch.rowCount() ? batch : batch.select(Arrays.copyOf(kept, count));
    }

    private static boolean isTrue(Value value) {
        if (value instanceof Value.BooleanValue(boolean truth)) {
            return truth;
        }
        if (value.isNull()) {
            return false;
        }
        throw QueryException.of(
                QueryErrorCode.TYPE_ERROR,
                "Type mismatch: expected Boolean but was "
                        + value.getClass().getSimpleName().replace("Value", "") + " in a condition");
    }
}
