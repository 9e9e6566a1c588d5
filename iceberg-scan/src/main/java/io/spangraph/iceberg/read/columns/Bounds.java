package io.spangraph.iceberg.read.columns;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of the values of a chunk or page without reading it.
 *
 * @param rows how many rows there are, nulls included
 */
public record Bounds(Optional<Range> range, long rows, OptionalLong nulls) {

    /** Between which values all that are not null lie. */
    public sealed interface Range {
        record OfLongs(long min, long max) implements Range {}

        /** Besides, there may be NaN. */
        record OfDoubles(double min, double max) implements Range {}

        /** In the order of unsigned bytes. */
        @SuppressWarnings("ArrayRecordComponent")
        record OfBytes(byte[] min, byte[] max, boolean exact) implements Range {}

        record OfBooleans(boolean min, boolean max) implements Range {}
    }

    boolean allNull() {
        return nulls.isPresent() && nulls.getAsLong() == rows;
    }

    boolean noneNull() {
        return nulls.isPresent() && nulls.getAsLong() == 0;
    }

    /** A verdict on the values that are not null, for a condition that null never satisfies. */
    Verdict withNulls(Verdict ofValues) {
        if (allNull()) {
            return Verdict.NONE;
        }
        return ofValues == Verdict.ALL && !noneNull() ? Verdict.SOME : ofValues;
    }
}
