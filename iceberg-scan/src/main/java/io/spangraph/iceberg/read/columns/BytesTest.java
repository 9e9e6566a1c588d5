package io.spangraph.iceberg.read.columns;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.iceberg.parquet.ColumnValues;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Texts and UUIDs as the bytes that a file stores. A dictionary's entry is tested once, however many rows have it. The
 * order of unsigned bytes is that of code points.
 */
sealed interface BytesTest extends ColumnTest {

    boolean test(byte[] data, int from, int to);

    Verdict ofRange(byte[] min, byte[] max, boolean exact);

    /** The values that satisfy it, if it names them. */
    default List<byte[]> keys() {
        return List.of();
    }

    static BytesTest compare(CompareOperator operator, byte[] value) {
        return switch (operator) {
            case EQUAL -> new In(List.of(value));
            case NOT_EQUAL -> new Not(value);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> new Order(operator, value);
        };
    }

    @Override
    default void apply(ColumnValues values, RowMask rows, CodeTables codes) {
        switch (values) {
            case ColumnValues.Codes coded -> codes.of(this, coded.dictionary()).test(coded.codes(), rows);
            case ColumnValues.Bytes bytes -> {
                ColumnTest.dropNulls(values, rows);
                testEach(bytes, rows);
            }
            case ColumnValues.Longs longs -> throw ColumnTest.mismatch(this, values);
            case ColumnValues.Doubles doubles -> throw ColumnTest.mismatch(this, values);
            case ColumnValues.Booleans booleans -> throw ColumnTest.mismatch(this, values);
        }
    }

    private void testEach(ColumnValues.Bytes bytes, RowMask rows) {
        byte[] data = bytes.data();
        int[] offsets = bytes.offsets();
        long[] words = rows.words();
        for (int i = 0; i < words.length; i++) {
            for (long word = words[i]; word != 0; word &= word - 1) {
                int row = (i << 6) + Long.numberOfTrailingZeros(word);
                if (!test(data, offsets[row], offsets[row + 1])) {
                    words[i] &= ~(1L << row);
                }
            }
        }
    }

    @Override
    default Verdict verdict(Bounds bounds) {
        Verdict verdict = bounds.range().isPresent()
                        && bounds.range().get() instanceof Bounds.Range.OfBytes(var min, var max, boolean exact)
                ? ofRange(min, max, exact)
                : Verdict.SOME;
        return bounds.withNulls(verdict);
    }

    private static boolean isBetween(byte[] value, byte[] min, byte[] max) {
        return Arrays.compareUnsigned(min, value) <= 0 && Arrays.compareUnsigned(value, max) <= 0;
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Not(byte[] value) implements BytesTest {
        @Override
        public boolean test(byte[] data, int from, int to) {
            return !Arrays.equals(data, from, to, value, 0, value.length);
        }

        @Override
        public Verdict ofRange(byte[] min, byte[] max, boolean exact) {
            if (!isBetween(value, min, max)) {
                return Verdict.ALL;
            }
            return exact && Arrays.equals(min, max) ? Verdict.NONE : Verdict.SOME;
        }
    }

    /** Less or greater than a value. */
    @SuppressWarnings("ArrayRecordComponent")
    record Order(CompareOperator operator, byte[] value) implements BytesTest {
        @Override
        public boolean test(byte[] data, int from, int to) {
            return holds(Arrays.compareUnsigned(data, from, to, value, 0, value.length));
        }

        private boolean holds(int order) {
            return switch (operator) {
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
                case EQUAL, NOT_EQUAL -> throw new IllegalStateException("no order: " + operator);
            };
        }

        @Override
        public Verdict ofRange(byte[] min, byte[] max, boolean exact) {
            boolean least = holds(Arrays.compareUnsigned(min, value));
            boolean greatest = holds(Arrays.compareUnsigned(max, value));
            if (least && greatest) {
                return Verdict.ALL;
            }
            return least || greatest ? Verdict.SOME : Verdict.NONE;
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Prefix(byte[] prefix) implements BytesTest {
        @Override
        public boolean test(byte[] data, int from, int to) {
            return to - from >= prefix.length
                    && Arrays.equals(data, from, from + prefix.length, prefix, 0, prefix.length);
        }

        private int order(byte[] bound) {
            return Arrays.compareUnsigned(bound, 0, Math.min(bound.length, prefix.length), prefix, 0, prefix.length);
        }

        @Override
        public Verdict ofRange(byte[] min, byte[] max, boolean exact) {
            return order(min) > 0 || order(max) < 0 ? Verdict.NONE : Verdict.SOME;
        }
    }

    /** One of some values: tens of thousands, when other tables' rows name them. */
    final class In implements BytesTest {
        private final List<byte[]> sorted;
        private final byte[][] slots;
        private final boolean single;

        In(Collection<byte[]> values) {
            this.sorted = values.stream().sorted(Arrays::compareUnsigned).toList();
            this.single = sorted.size() == 1;
            this.slots = new byte[Integer.highestOneBit(Math.max(1, sorted.size())) * 4][];
            for (byte[] value : sorted) {
                int slot = slot(value, 0, value.length);
                while (slots[slot] != null) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = value;
            }
        }

        private int slot(byte[] data, int from, int to) {
            long hash = (long) to - from;
            for (int i = from; i < to; i++) {
                hash = hash * 0x100000001B3L + data[i];
            }
            hash *= 0x9E3779B97F4A7C15L;
            return (int) (hash >>> 32) & (slots.length - 1);
        }

        @Override
        public boolean test(byte[] data, int from, int to) {
            if (single) {
                byte[] only = sorted.getFirst();
                int last = only.length - 1;
                // Most values differ in their last byte, which costs less to see than a call.
                return to - from == only.length
                        && (last < 0
                                || data[to - 1] == only[last] && Arrays.equals(data, from, to, only, 0, only.length));
            }
            int slot = slot(data, from, to);
            while (slots[slot] != null) {
                byte[] value = slots[slot];
                if (Arrays.equals(data, from, to, value, 0, value.length)) {
                    return true;
                }
                slot = (slot + 1) & (slots.length - 1);
            }
            return false;
        }

        @Override
        public Verdict ofRange(byte[] min, byte[] max, boolean exact) {
            int low = 0;
            int high = sorted.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (Arrays.compareUnsigned(sorted.get(middle), min) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            if (low == sorted.size() || Arrays.compareUnsigned(sorted.get(low), max) > 0) {
                return Verdict.NONE;
            }
            return exact && Arrays.equals(min, max) ? Verdict.ALL : Verdict.SOME;
        }

        @Override
        public boolean isKeys() {
            return true;
        }

        @Override
        public List<byte[]> keys() {
            return sorted;
        }
    }
}
