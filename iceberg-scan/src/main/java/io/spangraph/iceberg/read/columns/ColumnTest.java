package io.spangraph.iceberg.read.columns;

import io.spangraph.iceberg.parquet.ColumnValues;

/** A condition on one column, which tests many values in one loop. Shared by all threads of a scan. */
public sealed interface ColumnTest permits NullTest, LongTest, DoubleTest, BooleanTest, BytesTest {
    /** Drops the rows whose value does not satisfy the condition. */
    void apply(ColumnValues values, RowMask rows, CodeTables codes);

    Verdict verdict(Bounds bounds);

    /** Whether it names its values one by one, so that dictionaries and bloom filters can be asked for them. */
    default boolean isKeys() {
        return false;
    }

    static IllegalStateException mismatch(ColumnTest test, ColumnValues values) {
        return new IllegalStateException(test.getClass().getSimpleName() + " of a column of "
                + values.getClass().getSimpleName());
    }

    /** Drops the null rows. */
    static void dropNulls(ColumnValues values, RowMask rows) {
        if (!values.hasNulls()) {
            return;
        }
        long[] words = rows.words();
        if (values instanceof ColumnValues.Codes codes) {
            for (int i = 0; i < words.length; i++) {
                for (long word = words[i]; word != 0; word &= word - 1) {
                    int row = (i << 6) + Long.numberOfTrailingZeros(word);
                    if (codes.codes()[row] < 0) {
                        words[i] &= ~(1L << row);
                    }
                }
            }
        } else {
            long[] nulls = NullWords.of(values);
            for (int i = 0; i < Math.min(words.length, nulls.length); i++) {
                words[i] &= ~nulls[i];
            }
        }
    }
}
