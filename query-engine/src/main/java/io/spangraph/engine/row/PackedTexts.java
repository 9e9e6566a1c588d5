package io.spangraph.engine.row;

import io.spangraph.model.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.RandomAccess;

/** Entries of a dictionary in bytes alone: an object is made of one each time that it is asked for, and none is kept. */
public final class PackedTexts extends AbstractList<Value> implements TextEntries, RandomAccess {
    private final byte[] utf8;
    private final int[] offsets;

    /** Over arrays that nobody changes any more. */
    public PackedTexts(byte[] utf8, int[] offsets) {
        this.utf8 = utf8;
        this.offsets = offsets;
    }

    @Override
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public int[] offsets() {
        return offsets;
    }

    @Override
    public Value get(int entry) {
        return Value.of(new String(utf8, offsets[entry], offsets[entry + 1] - offsets[entry], StandardCharsets.UTF_8));
    }

    @Override
    public int size() {
        return offsets.length - 1;
    }
}
