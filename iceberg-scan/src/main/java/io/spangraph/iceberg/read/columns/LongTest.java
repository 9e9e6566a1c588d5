package io.spangraph.iceberg.read.columns;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.iceberg.parquet.ColumnValues;
import java.util.Arrays;

/** Whole numbers, dates and times between two bounds, different from one, or among some. */
sealed interface LongTest extends ColumnTest {

    static LongTest compare(CompareOperator operator, long value) {
        return switch (operator) {
            case EQUAL -> new Between(value, value);
            case NOT_EQUAL -> new Not(value);
            case LESS -> value == Long.MIN_VALUE ? Between.EMPTY : new Between(Long.MIN_VALUE, value - 1);
            case LESS_OR_EQUAL -> new Between(Long.MIN_VALUE, value);
            case GREATER -> value == Long.MAX_VALUE ? Between.EMPTY : new Between(value + 1, Long.MAX_VALUE);
            case GREATER_OR_EQUAL -> new Between(value, Long.MAX_VALUE);
        };
    }

    Verdict ofRange(long min, long max);

    void test(long[] values, RowMask rows);

    @Override
    default void apply(ColumnValues values, RowMask rows, CodeTables codes) {
        if (!(values instanceof ColumnValues.Longs longs)) {
            throw ColumnTest.mismatch(this, values);
        }
        ColumnTest.dropNulls(values, rows);
        test(longs.values(), rows);
    }

    @Override
    default Verdict verdict(Bounds bounds) {
        Verdict verdict =
                bounds.range().isPresent() && bounds.range().get() instanceof Bounds.Range.OfLongs(long min, long max)
                        ? ofRange(min, max)
                        : Verdict.SOME;
        return bounds.withNulls(verdict);
    }

    /** The numbers that satisfy it, if it names them. */
    default long[] keys() {
        return new long[0];
    }

    record Between(long low, long high) implements LongTest {
        static final Between EMPTY = new Between(Long.MAX_VALUE, Long.MIN_VALUE);

        @Override
        public void test(long[] values, RowMask rows) {
            long[] words = rows.words();
            for (int i = 0; i < words.length; i++) {
                if (words[i] != 0) {
                    int from = i << 6;
                    int count = Math.min(64, values.length - from);
                    long kept = 0;
                    for (int bit = 0; bit < count; bit++) {
                        long value = values[from + bit];
                        kept |= (value >= low & value <= high ? 1L : 0L) << bit;
                    }
                    words[i] &= kept;
                }
            }
        }

        @Override
        public Verdict ofRange(long min, long max) {
            if (max < low || min > high) {
                return Verdict.NONE;
            }
            return min >= low && max <= high ? Verdict.ALL : Verdict.SOME;
        }

        @Override
        public boolean isKeys() {
            return low == high;
        }

        @Override
        public long[] keys() {
            return isKeys() ? new long[] {low} : new long[0];
        }
    }

    record Not(long value) implements LongTest {
        @Override
        public void test(long[] values, RowMask rows) {
            long[] words = rows.words();
            for (int i = 0; i < words.length; i++) {
                if (words[i] != 0) {
                    int from = i << 6;
                    int count = Math.min(64, values.length - from);
                    long kept = 0;
                    for (int bit = 0; bit < count; bit++) {
                        kept |= (values[from + bit] != value ? 1L : 0L) << bit;
                    }
                    words[i] &= kept;
                }
            }
        }

        @Override
        public Verdict ofRange(long min, long max) {
            if (value < min || value > max) {
                return Verdict.ALL;
            }
            return min == max ? Verdict.NONE : Verdict.SOME;
        }
    }

    /** Few numbers are compared in their order, many found by their hash. */
    final class In implements LongTest {
        private final long[] sorted;
        private final LongHashSet hashed;

        /** @param sorted in ascending order */
        In(long[] sorted) {
            this.sorted = sorted;
            this.hashed = new LongHashSet(sorted);
        }

        @Override
        public void test(long[] values, RowMask rows) {
            if (sorted.length == 0) {
                rows.clearAll();
                return;
            }
            long low = sorted[0];
            long high = sorted[sorted.length - 1];
            long[] words = rows.words();
            for (int i = 0; i < words.length; i++) {
                for (long word = words[i]; word != 0; word &= word - 1) {
                    int row = (i << 6) + Long.numberOfTrailingZeros(word);
                    long value = values[row];
                    if (value < low || value > high || !hashed.contains(value)) {
                        words[i] &= ~(1L << row);
                    }
                }
            }
        }

        @Override
        public Verdict ofRange(long min, long max) {
            int found = Arrays.binarySearch(sorted, min);
            int first = found >= 0 ? found : -found - 1;
            if (first == sorted.length || sorted[first] > max) {
                return Verdict.NONE;
            }
            return min == max ? Verdict.ALL : Verdict.SOME;
        }

        @Override
        public boolean isKeys() {
            return true;
        }

        @Override
        public long[] keys() {
            return sorted;
        }
    }
}
