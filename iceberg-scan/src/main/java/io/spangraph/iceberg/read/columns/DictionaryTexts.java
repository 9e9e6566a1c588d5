package io.spangraph.iceberg.read.columns;

import io.spangraph.engine.row.TextEntries;
import io.spangraph.iceberg.parquet.Dictionary;
import io.spangraph.model.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The entries of a dictionary as values, each made when it is first asked for: of fifty thousand entries twenty may be
 * wanted. Threads may share it; two that make the same entry make equal ones.
 */
final class DictionaryTexts extends AbstractList<Value> implements TextEntries, RandomAccess {
    private static final int BLOCK_BITS = 8;
    private static final int BLOCK = 1 << BLOCK_BITS;

    private final Dictionary dictionary;
    private final Value[][] blocks;

    DictionaryTexts(Dictionary dictionary) {
        this.dictionary = dictionary;
        this.blocks = new Value[(dictionary.size() + BLOCK - 1) >> BLOCK_BITS][];
    }

    boolean isOf(Dictionary other) {
        return dictionary == other;
    }

    @Override
    public Value get(int code) {
        Objects.checkIndex(code, dictionary.size());
        Value[] block = blocks[code >> BLOCK_BITS];
        if (block == null) {
            block = new Value[BLOCK];
            blocks[code >> BLOCK_BITS] = block;
        }
        Value value = block[code & (BLOCK - 1)];
        if (value == null) {
            value = Value.of(new String(
                    dictionary.data(), dictionary.offsets()[code], dictionary.length(code), StandardCharsets.UTF_8));
            block[code & (BLOCK - 1)] = value;
        }
        return value;
    }

    @Override
    public byte[] utf8() {
        return dictionary.data();
    }

    @Override
    public int[] offsets() {
        return dictionary.offsets();
    }

    @Override
    public int size() {
        return dictionary.size();
    }
}
