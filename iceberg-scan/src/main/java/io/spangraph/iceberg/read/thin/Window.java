package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.RowRanges;
import io.spangraph.iceberg.read.columns.CodeTables;
import io.spangraph.iceberg.read.columns.ColumnFilter;
import io.spangraph.iceberg.read.columns.RowMask;
import io.spangraph.iceberg.read.columns.ValueGather;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Some rows of a row group on their way to a batch: columns are decoded as conditions ask for them, and once few rows are
 * left, only for these.
 */
final class Window {
    /** Conditions behind the first ones look at fewer rows only if that is worth the copying. */
    private static final int WORTH_NARROWING = 8;

    private final RowGroupColumns columns;
    private final Map<Integer, ColumnValues> values = new HashMap<>();
    private RowRanges rows;
    private RowMask mask;

    Window(RowGroupColumns columns, RowRanges rows) {
        this.columns = columns;
        this.rows = rows;
        this.mask = RowMask.all((int) rows.rowCount());
    }

    RowRanges rows() {
        return rows;
    }

    RowMask mask() {
        return mask;
    }

    /** The values of a column in all rows of the window, wanted or not. */
    ColumnValues values(int column) {
        ColumnValues known = values.get(column);
        if (known == null) {
            known = columns.read(column, rows);
            values.put(column, known);
        }
        return known;
    }

    /** Drops the rows that do not satisfy the conditions. */
    void filter(List<ColumnFilter> conditions, CodeTables codes) {
        for (ColumnFilter condition : conditions) {
            if (mask.count() <= mask.rows() / WORTH_NARROWING) {
                narrow();
            }
            apply(condition, mask, codes);
            if (mask.isEmpty()) {
                return;
            }
        }
    }

    private void apply(ColumnFilter condition, RowMask wanted, CodeTables codes) {
        switch (condition) {
            case ColumnFilter.All all -> {}
            case ColumnFilter.Nothing nothing -> wanted.clearAll();
            case ColumnFilter.And(List<ColumnFilter> operands) -> {
                for (ColumnFilter operand : operands) {
                    if (!wanted.isEmpty()) {
                        apply(operand, wanted, codes);
                    }
                }
            }
            case ColumnFilter.Or(List<ColumnFilter> operands) -> {
                RowMask left = wanted.copy();
                wanted.clearAll();
                for (ColumnFilter operand : operands) {
                    if (!left.isEmpty()) {
                        RowMask found = left.copy();
                        apply(operand, found, codes);
                        wanted.or(found);
                        left.andNot(found);
                    }
                }
            }
            case ColumnFilter.Test test -> test.test().apply(values(test.column()), wanted, codes);
        }
    }

    /** Leaves only the wanted rows. */
    void narrow() {
        int[] left = mask.positions();
        if (left.length == mask.rows()) {
            return;
        }
        rows = rows.select(mask.words());
        values.replaceAll((column, known) -> ValueGather.gather(known, left));
        mask = RowMask.all(left.length);
    }
}
