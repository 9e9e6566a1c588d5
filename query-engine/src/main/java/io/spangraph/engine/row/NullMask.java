package io.spangraph.engine.row;

import java.util.BitSet;

/** Which rows of a vector are null. Immutable once handed to a vector. */
public final class NullMask {
    /** No row is null. */
    public static final NullMask NONE = new NullMask(new BitSet(0));

    private final BitSet nulls;

    private NullMask(BitSet nulls) {
        this.nulls = nulls;
    }

    /** A mask over these bits, which the caller does not change any more. */
    public static NullMask of(BitSet nulls) {
        return nulls.isEmpty() ? NONE : new NullMask(nulls);
    }

    public boolean isNull(int row) {
        return nulls.get(row);
    }

    public boolean isEmpty() {
        return nulls.isEmpty();
    }

    public long heapBytes() {
        return nulls.size() / 8L;
    }
}
