package io.spangraph.engine.exec.store;

import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the entries of dictionaries are numbered, so that a row costs one look into an array. A few dictionaries are
 * remembered by identity: all batches of a row group have one.
 */
final class DictionaryCodes {
    /** An entry that nobody has looked up. */
    static final int UNKNOWN = -2;

    /** An entry that is looked up next. */
    static final int IN_TURN = -3;

    private static final int REMEMBERED = 4;

    /** The last one that was made stands last. */
    private final List<Translation> translations = new ArrayList<>();

    /**
     * What a dictionary's entries are numbered.
     *
     * @param numbers by entry of the dictionary, plus one: the first is that of null
     * @param knownKeys how many keys there were
     */
    private record Translation(List<Value> dictionary, int[] numbers, int knownKeys) {}

    /** @param keys how many keys there are: entries that were not among them may be now */
    @SuppressWarnings("ReferenceEquality")
    int[] of(List<Value> dictionary, boolean add, int keys) {
        for (Translation known : translations) {
            if (known.dictionary() == dictionary
                    && known.numbers().length == dictionary.size() + 1
                    && (add || known.knownKeys() == keys)) {
                return known.numbers();
            }
        }
        int[] numbers = new int[dictionary.size() + 1];
        Arrays.fill(numbers, UNKNOWN);
        if (translations.size() == REMEMBERED) {
            translations.removeFirst();
        }
        translations.add(new Translation(dictionary, numbers, keys));
        return numbers;
    }
}
