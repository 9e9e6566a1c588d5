package io.spangraph.iceberg.read.columns;

import io.spangraph.iceberg.parquet.ColumnValues;

/** Whether there is no value, or is one. */
record NullTest(boolean wantNull) implements ColumnTest {

    @Override
    public void apply(ColumnValues values, RowMask rows, CodeTables codes) {
        if (!values.hasNulls()) {
            if (wantNull) {
                rows.clearAll();
            }
        } else if (wantNull) {
            RowMask present = rows.copy();
            ColumnTest.dropNulls(values, present);
            rows.andNot(present);
        } else {
            ColumnTest.dropNulls(values, rows);
        }
    }

    @Override
    public Verdict verdict(Bounds bounds) {
        if (bounds.noneNull()) {
            return wantNull ? Verdict.NONE : Verdict.ALL;
        }
        if (bounds.allNull()) {
            return wantNull ? Verdict.ALL : Verdict.NONE;
        }
        return Verdict.SOME;
    }
}
