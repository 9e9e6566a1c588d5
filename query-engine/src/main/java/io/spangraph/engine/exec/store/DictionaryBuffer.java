package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.ValueSize;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.TextVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Repeated texts, as codes into one dictionary of all that came. A dictionary of the input is translated once, entry by
 * entry as its codes occur, so a row costs one array access.
 *
 * <p>Where nearly every row brings a text of its own, looking for earlier occurrences is given up: the dictionary may
 * then hold a text more than once.
 */
final class DictionaryBuffer extends ColumnBuffer {
    private static final int NULL_CODE = -1;
    private static final int UNKNOWN = -2;
    private static final int MIN_ENTRIES_TO_GIVE_UP = 8_192;
    private static final long INDEX_ENTRY_BYTES = 64;

    private final List<Value> entries = new ArrayList<>();
    private final List<Value> sharedEntries = Collections.unmodifiableList(entries);
    private final Map<Value, Integer> codeOf = new HashMap<>();
    private boolean looksForRepeats = true;
    private int[] codes = new int[0];
    private List<Value> translated = List.of();
    private int[] translation = new int[0];

    DictionaryBuffer(HeldMemory memory) {
        super(memory, Integer.BYTES);
    }

    @Override
    boolean accepts(Vector vector) {
        return vector instanceof DictionaryVector
                || vector instanceof TextVector
                || vector instanceof ConstantVector(Value constant, int length)
                        && constant instanceof Value.StringValue;
    }

    @Override
    void copy(Vector vector, int[] positions) {
        if (vector instanceof DictionaryVector(int[] source, List<Value> dictionary)) {
            copyCodes(source, dictionary, positions);
        } else if (vector instanceof TextVector texts) {
            int end = rows();
            for (int position : positions) {
                codes[end++] = texts.isNull(position) ? NULL_CODE : code(texts.value(position));
            }
        } else {
            Arrays.fill(codes, rows(), rows() + positions.length, code(vector.value(0)));
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private void copyCodes(int[] source, List<Value> dictionary, int[] positions) {
        if (translated != dictionary) {
            translated = dictionary;
            translation = new int[dictionary.size()];
            Arrays.fill(translation, UNKNOWN);
        } else if (translation.length < dictionary.size()) {
            int known = translation.length;
            translation = Arrays.copyOf(translation, dictionary.size());
            Arrays.fill(translation, known, translation.length, UNKNOWN);
        }
        int end = rows();
        for (int position : positions) {
            int code = source[position];
            if (code < 0) {
                codes[end++] = NULL_CODE;
                continue;
            }
            if (translation[code] == UNKNOWN) {
                translation[code] = code(dictionary.get(code));
            }
            codes[end++] = translation[code];
        }
    }

    private int code(Value text) {
        if (looksForRepeats) {
            Integer known = codeOf.get(text);
            if (known != null) {
                return known;
            }
            if (entries.size() >= MIN_ENTRIES_TO_GIVE_UP && entries.size() > rows() / 2) {
                looksForRepeats = false;
                codeOf.clear();
            } else {
                codeOf.put(text, entries.size());
            }
        }
        reserve(ValueSize.of(text) + (looksForRepeats ? INDEX_ENTRY_BYTES : Long.BYTES));
        entries.add(text);
        return entries.size() - 1;
    }

    @Override
    void grow(int newCapacity) {
        codes = Arrays.copyOf(codes, newCapacity);
    }

    @Override
    Value present(int row) {
        return entries.get(codes[row]);
    }

    @Override
    Vector gather(int[] positions) {
        int[] gathered = new int[positions.length];
        for (int i = 0; i < gathered.length; i++) {
            gathered[i] = isAbsent(positions[i]) ? NULL_CODE : codes[positions[i]];
        }
        return new DictionaryVector(gathered, sharedEntries);
    }

    /** Compares ranks: each entry of the dictionary is compared while ranking, and no text after that. */
    @Override
    RowOrder presentOrder() {
        int[] ranks = ranks();
        int[] sorted = codes;
        return (left, right) -> Integer.compare(ranks[sorted[left]], ranks[sorted[right]]);
    }

    private int[] ranks() {
        Integer[] byOrder = new Integer[entries.size()];
        Arrays.setAll(byOrder, code -> code);
        Arrays.sort(byOrder, (left, right) -> Values.compareForOrder(entries.get(left), entries.get(right)));
        int[] ranks = new int[byOrder.length];
        for (int i = 1; i < byOrder.length; i++) {
            boolean differs = Values.compareForOrder(entries.get(byOrder[i - 1]), entries.get(byOrder[i])) != 0;
            ranks[byOrder[i]] = ranks[byOrder[i - 1]] + (differs ? 1 : 0);
        }
        return ranks;
    }
}
