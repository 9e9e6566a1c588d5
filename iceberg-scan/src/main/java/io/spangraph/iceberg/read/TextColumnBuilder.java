package io.spangraph.iceberg.read;

import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects texts: as codes into a dictionary while they repeat, and as plain values once most of them turn out to be
 * different, as ids and payloads are. What a batch learns holds for the rest of the file.
 */
final class TextColumnBuilder extends ColumnBuilder {
    private static final int DICTIONARY_TRIAL = 256;
    private static final int TEXT_OVERHEAD = 64;

    private final int[] codes;
    private final Value[] values;
    private boolean repeating = true;
    private Map<String, Integer> codeOf = new HashMap<>();
    private List<Value> dictionary = new ArrayList<>();
    private int size;
    private long heapBytes;

    TextColumnBuilder(int capacity) {
        this.codes = new int[capacity];
        this.values = new Value[capacity];
    }

    @Override
    void add(@Nullable Object value) {
        if (!repeating) {
            values[size++] = value == null ? Value.NULL : text(value);
        } else if (value == null) {
            codes[size++] = -1;
        } else {
            addCode(value.toString());
            if (dictionary.size() > DICTIONARY_TRIAL && dictionary.size() > size / 2) {
                stopRepeating();
            }
        }
    }

    private Value text(Object value) {
        String text = value.toString();
        heapBytes += TEXT_OVERHEAD + 2L * text.length();
        return Value.of(text);
    }

    private void addCode(String text) {
        Integer code = codeOf.get(text);
        if (code == null) {
            code = dictionary.size();
            codeOf.put(text, code);
            dictionary.add(text(text));
        }
        codes[size++] = code;
    }

    private void stopRepeating() {
        repeating = false;
        for (int row = 0; row < size; row++) {
            values[row] = codes[row] < 0 ? Value.NULL : dictionary.get(codes[row]);
        }
        codeOf = new HashMap<>();
        dictionary = new ArrayList<>();
    }

    @Override
    Vector build(int rows) {
        size = 0;
        heapBytes = 0;
        if (!repeating) {
            Value[] taken = Arrays.copyOf(values, rows);
            Arrays.fill(values, 0, rows, Value.NULL);
            return new Vector.ValueVector(taken);
        }
        Vector vector =
                new Vector.DictionaryVector(Arrays.copyOf(codes, rows), Collections.unmodifiableList(dictionary));
        codeOf = new HashMap<>();
        dictionary = new ArrayList<>();
        return vector;
    }

    @Override
    long heapBytes() {
        return heapBytes;
    }
}
