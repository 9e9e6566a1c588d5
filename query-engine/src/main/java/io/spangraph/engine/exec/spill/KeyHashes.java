package io.spangraph.engine.exec.spill;

import io.spangraph.engine.row.TextEntries;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Hashes of keys, alike for equivalent keys whatever the form of the vectors they come in. */
final class KeyHashes {
    private KeyHashes() {}

    /**
     * A hash of each row's key.
     *
     * @param seed another one gives hashes that split apart what others have put together
     */
    static int[] of(List<Vector> key, int[] positions, int seed) {
        int[] hashes = new int[positions.length];
        for (Vector column : key) {
            add(column, positions, hashes);
        }
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = mixed(hashes[i] ^ mixed(seed + 1));
        }
        return hashes;
    }

    private static void add(Vector column, int[] positions, int[] hashes) {
        switch (column) {
            case LongVector longs
            when longs.kind() == LongKind.INTEGER -> {
                for (int i = 0; i < hashes.length; i++) {
                    int position = positions[i];
                    int hash = longs.isNull(position) ? nullHash() : Long.hashCode(longs.values()[position]);
                    hashes[i] = combined(hashes[i], hash);
                }
            }
            case DictionaryVector(int[] codes, List<Value> dictionary)
            when dictionary instanceof TextEntries texts -> {
                int last = -1;
                int hash = nullHash();
                for (int i = 0; i < hashes.length; i++) {
                    int code = codes[positions[i]];
                    // Rows that were multiplied repeat their texts one behind the other.
                    if (code != last) {
                        hash = code < 0 ? nullHash() : ofText(texts.utf8(), texts.offsets(), code);
                        last = code;
                    }
                    hashes[i] = combined(hashes[i], hash);
                }
            }
            case DictionaryVector texts -> {
                // A text remembers its hash, so that each entry is hashed once.
                for (int i = 0; i < hashes.length; i++) {
                    hashes[i] = combined(hashes[i], Values.hash(texts.value(positions[i])));
                }
            }
            case Vector.ConstantVector(Value constant, int length) -> {
                int hash = Values.hash(constant);
                for (int i = 0; i < hashes.length; i++) {
                    hashes[i] = combined(hashes[i], hash);
                }
            }
            case LongVector dates -> addValues(dates, positions, hashes);
            case DoubleVector doubles -> addValues(doubles, positions, hashes);
            case Vector.BooleanVector booleans -> addValues(booleans, positions, hashes);
            case Vector.TextVector texts -> {
                for (int i = 0; i < hashes.length; i++) {
                    boolean absent = texts.isNull(positions[i]);
                    int hash = absent ? nullHash() : ofText(texts.utf8(), texts.offsets(), positions[i]);
                    hashes[i] = combined(hashes[i], hash);
                }
            }
            case Vector.ValueVector values -> addValues(values, positions, hashes);
        }
    }

    private static void addValues(Vector column, int[] positions, int[] hashes) {
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = combined(hashes[i], Values.hash(column.value(positions[i])));
        }
    }

    /** The hash of the text as a value, without making one where each byte is a character. */
    private static int ofText(byte[] utf8, int[] offsets, int text) {
        int hash = 0;
        for (int i = offsets[text]; i < offsets[text + 1]; i++) {
            if (utf8[i] < 0) {
                int length = offsets[text + 1] - offsets[text];
                return Values.hash(Value.of(new String(utf8, offsets[text], length, StandardCharsets.UTF_8)));
            }
            hash = 31 * hash + utf8[i];
        }
        return hash;
    }

    private static int nullHash() {
        return Values.hash(Value.NULL);
    }

    private static int combined(int hash, int next) {
        return mixed(hash * 31 + next);
    }

    private static int mixed(int hash) {
        int mixed = hash * 0x85EBCA6B;
        mixed ^= mixed >>> 13;
        mixed *= 0xC2B2AE35;
        return mixed ^ (mixed >>> 16);
    }
}
