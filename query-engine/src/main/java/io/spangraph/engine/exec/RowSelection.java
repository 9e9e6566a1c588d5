package io.spangraph.engine.exec;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.BooleanVector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
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
        if (condition instanceof BooleanVector booleans) {
            return where(
                    batch, row -> booleans.values()[row] && !booleans.nulls().isNull(row));
        }
        if (condition instanceof ConstantVector constant) {
            return batch.rowCount() == 0 || isTrue(constant.constant()) ? batch : batch.select(new int[0]);
        }
        return where(batch, row -> isTrue(condition.value(row)));
    }

    /** The rows of the batch where no value of the column is null. */
    public static RowBatch whereNotNull(RowBatch batch, Vector column) {
        return where(batch, row -> !column.isNull(row));
    }

    /** The rows, by their positions in the vectors, that pass; the batch itself if all do. */
    public static RowBatch where(RowBatch batch, IntPredicate passes) {
        int[] kept = new int[batch.rowCount()];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            int row = batch.physicalRow(i);
            if (passes.test(row)) {
                kept[count++] = row;
            }
        }
        return count == kept.length ? batch : batch.select(Arrays.copyOf(kept, count));
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
