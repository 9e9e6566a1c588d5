package io.spangraph.iceberg.parquet;

import java.util.Arrays;
import java.util.Optional;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/** What is trusted of the bounds that files give: those of the right width, in a known order, and not NaN. */
final class Bounds {
    private Bounds() {}

    static Optional<ChunkBounds> of(Leaf leaf, Statistics statistics, boolean knownOrder) {
        if (knownOrder && statistics.isSetMin_value() && statistics.isSetMax_value()) {
            boolean exact = leaf.physical() != PhysicalType.BYTE_ARRAY
                    || statistics.isIs_min_value_exact() && statistics.isIs_max_value_exact();
            return of(leaf, statistics.getMin_value(), statistics.getMax_value(), exact);
        }
        // The old bounds compare as signed numbers whatever the type, which is right for these alone.
        boolean signed =
                !leaf.binary() && !(leaf.logical() instanceof LogicalKind.Int(int ignored, boolean sign) && !sign);
        return signed && statistics.isSetMin() && statistics.isSetMax()
                ? of(leaf, statistics.getMin(), statistics.getMax(), true)
                : Optional.empty();
    }

    private static Optional<ChunkBounds> of(Leaf leaf, byte[] min, byte[] max, boolean exact) {
        return usable(leaf, min) && usable(leaf, max)
                ? Optional.of(new ChunkBounds(min, max, exact))
                : Optional.empty();
    }

    /** Whether a bound has the width of its type, and an order. */
    static boolean usable(Leaf leaf, byte @Nullable [] bound) {
        if (bound == null || leaf.logical() instanceof LogicalKind.Other) {
            return false;
        }
        return switch (leaf.physical()) {
            case BOOLEAN -> bound.length == 1;
            case INT32 -> bound.length == Integer.BYTES;
            case INT64 -> bound.length == Long.BYTES;
            case INT96 -> false;
            case FLOAT ->
                bound.length == Float.BYTES && !Float.isNaN(Float.intBitsToFloat(LittleEndian.intAt(bound, 0)));
            case DOUBLE ->
                bound.length == Double.BYTES && !Double.isNaN(Double.longBitsToDouble(LittleEndian.longAt(bound, 0)));
            case BYTE_ARRAY -> true;
            case FIXED -> bound.length <= leaf.typeLength();
        };
    }

    /** Whether the lower bound lies above the upper one, which no writer means. */
    static boolean crossed(Leaf leaf, ChunkBounds bounds) {
        return above(leaf, bounds.min(), bounds.max());
    }

    /** Whether one usable bound lies above another; never for decimals in bytes, whose bounds writers treat differently. */
    static boolean above(Leaf leaf, byte[] one, byte[] other) {
        boolean unsigned = leaf.logical() instanceof LogicalKind.Int(int ignored, boolean signed) && !signed;
        return switch (leaf.physical()) {
            case BOOLEAN -> one[0] > other[0];
            case INT32 -> {
                int flip = unsigned ? Integer.MIN_VALUE : 0;
                yield (LittleEndian.intAt(one, 0) ^ flip) > (LittleEndian.intAt(other, 0) ^ flip);
            }
            case INT64 -> {
                long flip = unsigned ? Long.MIN_VALUE : 0;
                yield (LittleEndian.longAt(one, 0) ^ flip) > (LittleEndian.longAt(other, 0) ^ flip);
            }
            case INT96 -> false;
            case FLOAT ->
                Float.intBitsToFloat(LittleEndian.intAt(one, 0)) > Float.intBitsToFloat(LittleEndian.intAt(other, 0));
            case DOUBLE ->
                Double.longBitsToDouble(LittleEndian.longAt(one, 0))
                        > Double.longBitsToDouble(LittleEndian.longAt(other, 0));
            case BYTE_ARRAY, FIXED ->
                !(leaf.logical() instanceof LogicalKind.Decimal) && Arrays.compareUnsigned(one, other) > 0;
        };
    }
}
