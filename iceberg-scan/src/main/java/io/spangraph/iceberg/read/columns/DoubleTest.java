package io.spangraph.iceberg.read.columns;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.iceberg.parquet.ColumnValues;
import java.util.Arrays;

/** Fractions by the rules of IEEE 754: NaN lies in no order and differs from all, the two zeros are equal. */
sealed interface DoubleTest extends ColumnTest {

    static DoubleTest compare(CompareOperator operator, double value) {
        return switch (operator) {
            case EQUAL -> new Between(value, value);
            case NOT_EQUAL -> new Not(value);
            case LESS ->
                value == Double.NEGATIVE_INFINITY
                        ? Between.EMPTY
                        : new Between(Double.NEGATIVE_INFINITY, Math.nextDown(value));
            case LESS_OR_EQUAL -> new Between(Double.NEGATIVE_INFINITY, value);
            case GREATER ->
                value == Double.POSITIVE_INFINITY
                        ? Between.EMPTY
                        : new Between(Math.nextUp(value), Double.POSITIVE_INFINITY);
            case GREATER_OR_EQUAL -> new Between(value, Double.POSITIVE_INFINITY);
        };
    }

    /** Never {@link Verdict#ALL}: bounds leave NaN out. */
    Verdict ofRange(double min, double max);

    boolean test(double value);

    @Override
    default void apply(ColumnValues values, RowMask rows, CodeTables codes) {
        if (!(values instanceof ColumnValues.Doubles doubles)) {
            throw ColumnTest.mismatch(this, values);
        }
        ColumnTest.dropNulls(values, rows);
        double[] all = doubles.values();
        long[] words = rows.words();
        for (int i = 0; i < words.length; i++) {
            for (long word = words[i]; word != 0; word &= word - 1) {
                int row = (i << 6) + Long.numberOfTrailingZeros(word);
                if (!test(all[row])) {
                    words[i] &= ~(1L << row);
                }
            }
        }
    }

    @Override
    default Verdict verdict(Bounds bounds) {
        Verdict verdict =
                bounds.range().isPresent() && bounds.range().get() instanceof Bounds.Range.OfDoubles(var min, var max)
                        ? ofRange(min, max)
                        : Verdict.SOME;
        return bounds.withNulls(verdict);
    }

    default double[] keys() {
        return new double[0];
    }

    record Between(double low, double high) implements DoubleTest {
        static final Between EMPTY = new Between(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

        @Override
        public boolean test(double value) {
            return value >= low && value <= high;
        }

        @Override
        public Verdict ofRange(double min, double max) {
            return max < low || min > high ? Verdict.NONE : Verdict.SOME;
        }

        @Override
        public boolean isKeys() {
            return low == high;
        }

        @Override
        public double[] keys() {
            return isKeys() ? new double[] {low} : new double[0];
        }
    }

    record Not(double value) implements DoubleTest {
        @Override
        public boolean test(double other) {
            return other != value;
        }

        @Override
        public Verdict ofRange(double min, double max) {
            return Verdict.SOME;
        }
    }

    /** @param sorted in ascending order, without NaN and negative zero */
    @SuppressWarnings("ArrayRecordComponent")
    record In(double[] sorted) implements DoubleTest {
        @Override
        public boolean test(double value) {
            return Arrays.binarySearch(sorted, value == 0 ? 0.0 : value) >= 0;
        }

        @Override
        public Verdict ofRange(double min, double max) {
            int found = Arrays.binarySearch(sorted, min == 0 ? 0.0 : min);
            int first = found >= 0 ? found : -found - 1;
            return first == sorted.length || sorted[first] > max ? Verdict.NONE : Verdict.SOME;
        }

        @Override
        public boolean isKeys() {
            return true;
        }

        @Override
        public double[] keys() {
            return sorted;
        }
    }
}
