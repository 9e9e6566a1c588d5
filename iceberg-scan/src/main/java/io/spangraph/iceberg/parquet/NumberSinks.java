package io.spangraph.iceberg.parquet;

import java.util.Arrays;

/** The sinks of columns whose values have one width in memory. */
final class NumberSinks {
    private NumberSinks() {}

    static final class Longs extends Sink {
        private final long[] values;

        Longs(int rows) {
            super(rows);
            values = new long[rows];
        }

        @Override
        Sink fresh(int rowsOfIt) {
            return new Longs(rowsOfIt);
        }

        @Override
        void take(ValueDecoder decoder, int at, int count) {
            decoder.longs(values, at, count);
        }

        @Override
        void spread(long[] present, int at, int count, int set) {
            int dense = at + set - 1;
            int row = count - 1;
            while (dense >= at && dense < at + row) {
                long bit = present[row >> 6] >>> row & 1;
                values[at + row] = values[dense] & -bit;
                dense -= (int) bit;
                row--;
            }
            if (dense < at) {
                Arrays.fill(values, at, at + row + 1, 0);
            }
        }

        @Override
        void gather(Sink source, int[] chosen, int count) {
            long[] from = ((Longs) source).values;
            int at = filled();
            for (int i = 0; i < count; i++) {
                values[at + i] = from[chosen[i]];
            }
        }

        @Override
        ColumnValues result() {
            return new ColumnValues.Longs(values, nulls());
        }
    }

    static final class Doubles extends Sink {
        private final double[] values;

        Doubles(int rows) {
            super(rows);
            values = new double[rows];
        }

        @Override
        Sink fresh(int rowsOfIt) {
            return new Doubles(rowsOfIt);
        }

        @Override
        void take(ValueDecoder decoder, int at, int count) {
            decoder.doubles(values, at, count);
        }

        @Override
        void spread(long[] present, int at, int count, int set) {
            int dense = at + set - 1;
            int row = count - 1;
            while (dense >= at && dense < at + row) {
                long bit = present[row >> 6] >>> row & 1;
                values[at + row] = Double.longBitsToDouble(Double.doubleToRawLongBits(values[dense]) & -bit);
                dense -= (int) bit;
                row--;
            }
            if (dense < at) {
                Arrays.fill(values, at, at + row + 1, 0);
            }
        }

        @Override
        void gather(Sink source, int[] chosen, int count) {
            double[] from = ((Doubles) source).values;
            int at = filled();
            for (int i = 0; i < count; i++) {
                values[at + i] = from[chosen[i]];
            }
        }

        @Override
        ColumnValues result() {
            return new ColumnValues.Doubles(values, nulls());
        }
    }

    static final class Booleans extends Sink {
        private final boolean[] values;

        Booleans(int rows) {
            super(rows);
            values = new boolean[rows];
        }

        @Override
        Sink fresh(int rowsOfIt) {
            return new Booleans(rowsOfIt);
        }

        @Override
        void take(ValueDecoder decoder, int at, int count) {
            decoder.booleans(values, at, count);
        }

        @Override
        void spread(long[] present, int at, int count, int set) {
            int dense = at + set - 1;
            int row = count - 1;
            while (dense >= at && dense < at + row) {
                int bit = (int) (present[row >> 6] >>> row & 1);
                values[at + row] = values[dense] & bit != 0;
                dense -= bit;
                row--;
            }
            if (dense < at) {
                Arrays.fill(values, at, at + row + 1, false);
            }
        }

        @Override
        void gather(Sink source, int[] chosen, int count) {
            boolean[] from = ((Booleans) source).values;
            int at = filled();
            for (int i = 0; i < count; i++) {
                values[at + i] = from[chosen[i]];
            }
        }

        @Override
        ColumnValues result() {
            return new ColumnValues.Booleans(values, nulls());
        }
    }
}
