package io.spangraph.engine.exec.scope;

import io.spangraph.engine.row.TextEntries;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.TextVector;
import io.spangraph.engine.row.Vector.ValueVector;
import io.spangraph.model.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A column of texts as two longs for each row, so that keys are compared as numbers. Texts that are UUIDs are those longs;
 * others are told by a hash first and then by their bytes.
 */
final class KeyTexts {
    private final byte[] utf8;
    private final int[] offsets;
    /** By row the text's number among the offsets, or -1 for null. */
    private final int[] numbers;

    private final long[] high;
    private final long[] low;
    /** Texts that are no UUIDs. */
    private final BitSet others = new BitSet();

    private KeyTexts(byte[] utf8, int[] offsets, int[] numbers) {
        this.utf8 = utf8;
        this.offsets = offsets;
        this.numbers = numbers;
        this.high = new long[offsets.length - 1];
        this.low = new long[offsets.length - 1];
    }

    /** The texts of a column; empty if it holds something else. */
    static Optional<KeyTexts> of(Vector column) {
        return switch (column) {
            case TextVector texts -> Optional.of(new KeyTexts(texts.utf8(), texts.offsets(), numbers(texts)));
            case DictionaryVector texts -> Optional.of(ofEntries(texts.dictionary(), texts.codes()));
            case ConstantVector(Value constant, int length) -> ofConstant(constant, length);
            case ValueVector values -> ofValues(values);
            case Vector.LongVector longs -> Optional.empty();
            case Vector.DoubleVector doubles -> Optional.empty();
            case Vector.BooleanVector booleans -> Optional.empty();
        };
    }

    private static int[] numbers(TextVector texts) {
        int[] numbers = new int[texts.length()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = texts.isNull(row) ? -1 : row;
        }
        return numbers;
    }

    private static KeyTexts ofEntries(List<Value> entries, int[] codes) {
        if (entries.size() > 2 * codes.length) {
            return ofRows(entries, codes);
        }
        if (entries instanceof TextEntries texts) {
            return new KeyTexts(texts.utf8(), Arrays.copyOf(texts.offsets(), entries.size() + 1), codes);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] offsets = new int[entries.size() + 1];
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Value.StringValue(String text)) {
                bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            }
            offsets[i + 1] = bytes.size();
        }
        return new KeyTexts(bytes.toByteArray(), offsets, codes);
    }

    /** Of a dictionary that is larger than the block only what the rows have. */
    private static KeyTexts ofRows(List<Value> entries, int[] codes) {
        Value[] values = new Value[codes.length];
        int[] numbers = new int[codes.length];
        for (int row = 0; row < codes.length; row++) {
            values[row] = codes[row] < 0 ? Value.NULL : entries.get(codes[row]);
            numbers[row] = codes[row] < 0 ? -1 : row;
        }
        return ofEntries(Arrays.asList(values), numbers);
    }

    private static Optional<KeyTexts> ofConstant(Value constant, int length) {
        if (!constant.isNull() && !(constant instanceof Value.StringValue)) {
            return Optional.empty();
        }
        int[] codes = new int[length];
        Arrays.fill(codes, constant.isNull() ? -1 : 0);
        return Optional.of(ofEntries(constant.isNull() ? List.of() : List.of(constant), codes));
    }

    private static Optional<KeyTexts> ofValues(ValueVector column) {
        Value[] values = column.values();
        int[] codes = new int[values.length];
        for (int row = 0; row < values.length; row++) {
            if (!values[row].isNull() && !(values[row] instanceof Value.StringValue)) {
                return Optional.empty();
            }
            codes[row] = values[row].isNull() ? -1 : row;
        }
        return Optional.of(ofEntries(Arrays.asList(values), codes));
    }

    /** Takes all texts for UUIDs; false if one of them is none. */
    boolean readUuids() {
        for (int text = 0; text < high.length; text++) {
            int from = offsets[text];
            int to = offsets[text + 1];
            if (!UuidText.read(utf8, from, to, high, low, text)) {
                others.set(text);
            }
        }
        return others.isEmpty() || onlyNullsAreOthers();
    }

    private boolean onlyNullsAreOthers() {
        for (int number : numbers) {
            if (number >= 0 && others.get(number)) {
                return false;
            }
        }
        return true;
    }

    /** After {@link #readUuids()}: whether the row's text is one. */
    boolean isUuid(int row) {
        return others.isEmpty() || !others.get(numbers[row]);
    }

    /** Tells texts by a hash, which two different ones may share. */
    void readHashes() {
        for (int text = 0; text < high.length; text++) {
            long hash = 1;
            for (int i = offsets[text]; i < offsets[text + 1]; i++) {
                hash = 31 * hash + utf8[i];
            }
            high[text] = hash;
            low[text] = (long) offsets[text + 1] - offsets[text];
        }
    }

    boolean isNull(int row) {
        return numbers[row] < 0;
    }

    long high(int row) {
        return high[numbers[row]];
    }

    long low(int row) {
        return low[numbers[row]];
    }

    boolean isSameText(int row, KeyTexts other, int otherRow) {
        int mine = numbers[row];
        int theirs = other.numbers[otherRow];
        return Arrays.equals(
                utf8, offsets[mine], offsets[mine + 1], other.utf8, other.offsets[theirs], other.offsets[theirs + 1]);
    }
}
