package io.spangraph.iceberg.parquet;

/**
 * Decoded values of some rows of a column, one entry per row. The arrays may belong to the result alone, and are as long as
 * the rows, unless said otherwise; in rows that are null numbers are 0 and texts are empty.
 */
public sealed interface ColumnValues {
    int rows();

    boolean hasNulls();

    boolean isNull(int row);

    /**
     * Whole numbers as the file stores them, INT32 with its sign extended, INT96 as microseconds since 1970.
     *
     * @param ofInts whether all are known to have 32 bits
     */
    record Longs(long[] values, Nulls nulls, boolean ofInts) implements ColumnValues {
        public Longs(long[] values, Nulls nulls) {
            this(values, nulls, false);
        }

        /** The same, and known whether they have 32 bits: worth its while where they are read again and again. */
        public Longs measured() {
            long shifted = 0;
            for (long value : values) {
                shifted |= value - Integer.MIN_VALUE;
            }
            return new Longs(values, nulls, shifted >>> Integer.SIZE == 0);
        }

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public boolean hasNulls() {
            return nulls.any();
        }

        @Override
        public boolean isNull(int row) {
            return nulls.isNull(row);
        }
    }

    /** FLOAT and DOUBLE. */
    record Doubles(double[] values, Nulls nulls) implements ColumnValues {
        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public boolean hasNulls() {
            return nulls.any();
        }

        @Override
        public boolean isNull(int row) {
            return nulls.isNull(row);
        }
    }

    record Booleans(boolean[] values, Nulls nulls) implements ColumnValues {
        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public boolean hasNulls() {
            return nulls.any();
        }

        @Override
        public boolean isNull(int row) {
            return nulls.isNull(row);
        }
    }

    /**
     * Bytes that the file stores once in a dictionary.
     *
     * @param codes positions in the dictionary, -1 for null
     */
    record Codes(int[] codes, Dictionary dictionary, int nullCount) implements ColumnValues {
        @Override
        public int rows() {
            return codes.length;
        }

        @Override
        public boolean hasNulls() {
            return nullCount > 0;
        }

        @Override
        public boolean isNull(int row) {
            return codes[row] < 0;
        }
    }

    /**
     * Bytes of each row, one after the other.
     *
     * @param data may be longer than what is used
     * @param offsets row i lies from offsets[i] to offsets[i + 1]; one longer than the rows
     */
    record Bytes(byte[] data, int[] offsets, Nulls nulls) implements ColumnValues {
        @Override
        public int rows() {
            return offsets.length - 1;
        }

        @Override
        public boolean hasNulls() {
            return nulls.any();
        }

        @Override
        public boolean isNull(int row) {
            return nulls.isNull(row);
        }
    }
}
