package io.spangraph.iceberg.parquet;

import java.util.Arrays;

/**
 * Rows of a row group as half-open ranges, ascending, disjoint and not adjacent. What pruning leaves is mostly a few long
 * ranges, so pages, columns and files all speak in these instead of in single rows.
 */
public final class RowRanges {
    private static final RowRanges EMPTY = new RowRanges(new long[0], 0);

    /** from, to, from, to, and so on. */
    private final long[] bounds;

    private final long rowCount;

    private RowRanges(long[] bounds, long rowCount) {
        this.bounds = bounds;
        this.rowCount = rowCount;
    }

    public static RowRanges empty() {
        return EMPTY;
    }

    public static RowRanges all(long rows) {
        return of(0, rows);
    }

    public static RowRanges of(long from, long to) {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no range of rows: " + from + " to " + to);
        }
        return from == to ? EMPTY : new RowRanges(new long[] {from, to}, to - from);
    }

    /** Collects ranges in ascending order. */
    public static Builder builder() {
        return new Builder();
    }

    public int size() {
        return bounds.length / 2;
    }

    public long from(int range) {
        return bounds[2 * range];
    }

    public long to(int range) {
        return bounds[2 * range + 1];
    }

    public long rowCount() {
        return rowCount;
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** The rows in both. */
    public RowRanges and(RowRanges other) {
        Builder both = new Builder();
        int mine = 0;
        int theirs = 0;
        while (mine < size() && theirs < other.size()) {
            long from = Math.max(from(mine), other.from(theirs));
            long to = Math.min(to(mine), other.to(theirs));
            if (from < to) {
                both.add(from, to);
            }
            if (to(mine) < other.to(theirs)) {
                mine++;
            } else {
                theirs++;
            }
        }
        return both.build();
    }

    /** The rows in either. */
    public RowRanges or(RowRanges other) {
        Builder either = new Builder();
        int mine = 0;
        int theirs = 0;
        while (mine < size() || theirs < other.size()) {
            if (theirs == other.size() || mine < size() && from(mine) <= other.from(theirs)) {
                either.add(from(mine), to(mine));
                mine++;
            } else {
                either.add(other.from(theirs), other.to(theirs));
                theirs++;
            }
        }
        return either.build();
    }

    /** The rows of these from one position on and before another. */
    public RowRanges between(long from, long to) {
        if (isEmpty() || from >= to) {
            return EMPTY;
        }
        return from <= bounds[0] && to >= bounds[bounds.length - 1] ? this : and(of(from, to));
    }

    /** The part of these rows whose compact positions (0 is the first row of the first range) have their bit set. */
    public RowRanges select(long[] bitmap) {
        Builder selected = new Builder();
        long compact = 0;
        for (int range = 0; range < size(); range++) {
            long end = compact + to(range) - from(range);
            long shift = from(range) - compact;
            long start = nextBit(bitmap, compact, end, 0);
            while (start < end) {
                long stop = nextBit(bitmap, start, end, -1L);
                selected.add(start + shift, stop + shift);
                start = nextBit(bitmap, stop, end, 0);
            }
            compact = end;
        }
        return selected.build();
    }

    /** The first position whose bit is set, or with an inverting mask is not; the end if there is none. */
    private static long nextBit(long[] bitmap, long from, long end, long invert) {
        if (from >= end) {
            return end;
        }
        int word = (int) (from >> 6);
        long bits = (wordOf(bitmap, word) ^ invert) & -1L << from;
        while (bits == 0) {
            word++;
            if ((long) word << 6 >= end) {
                return end;
            }
            bits = wordOf(bitmap, word) ^ invert;
        }
        return Math.min(end, ((long) word << 6) + Long.numberOfTrailingZeros(bits));
    }

    private static long wordOf(long[] bitmap, int word) {
        return word < bitmap.length ? bitmap[word] : 0;
    }

    /** The range that holds a row or, if none does, the first one behind it; {@link #size()} if there is none. */
    int rangeAt(long row) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (to(middle) <= row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether any row from one position on and before another is among these. */
    public boolean touches(long from, long to) {
        int range = rangeAt(from);
        return from < to && range < size() && from(range) < to;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowRanges ranges && Arrays.equals(bounds, ranges.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int range = 0; range < size(); range++) {
            text.append(range == 0 ? "" : ", ").append(from(range)).append("..").append(to(range));
        }
        return text.append(']').toString();
    }

    /** Collects ranges in ascending order of their starts; overlapping and adjacent ones become one. */
    public static final class Builder {
        private long[] bounds = new long[8];
        private int used;

        private Builder() {}

        public Builder add(long from, long to) {
            if (from < 0 || to < from || used > 0 && from < bounds[used - 2]) {
                throw new IllegalArgumentException("no range of rows in ascending order: " + from + " to " + to);
            }
            if (from == to) {
                return this;
            }
            if (used > 0 && from <= bounds[used - 1]) {
                bounds[used - 1] = Math.max(bounds[used - 1], to);
                return this;
            }
            if (used == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * used);
            }
            bounds[used++] = from;
            bounds[used++] = to;
            return this;
        }

        public RowRanges build() {
            if (used == 0) {
                return EMPTY;
            }
            long rows = 0;
            for (int i = 0; i < used; i += 2) {
                rows += bounds[i + 1] - bounds[i];
            }
            return new RowRanges(Arrays.copyOf(bounds, used), rows);
        }
    }
}
