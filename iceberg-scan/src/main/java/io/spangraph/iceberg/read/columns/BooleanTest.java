package io.spangraph.iceberg.read.columns;

import io.spangraph.iceberg.parquet.ColumnValues;

/** Which of the two values satisfy a condition. */
record BooleanTest(boolean onFalse, boolean onTrue) implements ColumnTest {

    private boolean on(boolean value) {
        return value ? onTrue : onFalse;
    }

    @Override
    public void apply(ColumnValues values, RowMask rows, CodeTables codes) {
        if (!(values instanceof ColumnValues.Booleans booleans)) {
            throw ColumnTest.mismatch(this, values);
        }
        ColumnTest.dropNulls(values, rows);
        long[] words = rows.words();
        for (int i = 0; i < words.length; i++) {
            for (long word = words[i]; word != 0; word &= word - 1) {
                int row = (i << 6) + Long.numberOfTrailingZeros(word);
                if (!on(booleans.values()[row])) {
                    words[i] &= ~(1L << row);
                }
            }
        }
    }

    @Override
    public Verdict verdict(Bounds bounds) {
        Verdict verdict = Verdict.SOME;
        if (bounds.range().isPresent() && bounds.range().get() instanceof Bounds.Range.OfBooleans(var min, var max)) {
            boolean any = on(min) || on(max);
            boolean every = on(min) && on(max);
            verdict = every ? Verdict.ALL : any ? Verdict.SOME : Verdict.NONE;
        }
        return bounds.withNulls(verdict);
    }
}
