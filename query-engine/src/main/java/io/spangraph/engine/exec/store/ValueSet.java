package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.TextEntries;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The different values of one column. Counting them needs no number for each row: of a dictionary each entry is looked up
 * once, and a row only asks whether its entry was. Texts of large dictionaries are only noted, and counted at the end.
 */
public final class ValueSet {
    private final HeldMemory memory;
    private final ColumnCodes values;
    private final FreshEntries freshEntries;
    private final DictionaryCodes dictionaries = new DictionaryCodes();
    /** Texts that may be there several times, and among the values. */
    private final RowStore noted;

    public ValueSet(HeldMemory memory) {
        this.memory = memory;
        this.values = new ColumnCodes(memory);
        this.freshEntries = new FreshEntries(memory);
        this.noted = RowStore.ofUnlikeRows(1, memory);
    }

    /**
     * Adds rows of a vector.
     *
     * @param whole whether the positions are all rows of the vector from the first on
     */
    public void add(Vector vector, int[] positions, boolean whole) {
        if (vector instanceof DictionaryVector texts
                && texts.dictionary() instanceof TextEntries entries
                && freshEntries.takes(entries, positions.length)) {
            note(texts, positions, whole);
        } else {
            values.add(vector, positions, whole);
        }
    }

    private void note(DictionaryVector texts, int[] positions, boolean whole) {
        int[] numbers = dictionaries.of(texts.dictionary(), true, 0);
        int[] codes = texts.codes();
        int[] fresh = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            int position = whole ? i : positions[i];
            int entry = codes[position];
            if (numbers[entry + 1] < 0) {
                numbers[entry + 1] = 0;
                if (entry < 0) {
                    values.add(texts, new int[] {position}, false);
                } else {
                    fresh[count++] = position;
                }
            }
        }
        if (count > 0) {
            noted.append(List.of(texts), Arrays.copyOf(fresh, count));
        }
    }

    public void addAll(ValueSet other) {
        values.addAll(other.values);
        int[] all = new int[other.noted.rows()];
        Arrays.setAll(all, row -> row);
        noted.append(other.noted, all);
    }

    /** How many different values were added, null not counted. */
    public int presentValues() {
        int texts = 0;
        if (noted.rows() > 0) {
            Optional<Integer> different = values.holdsTexts() ? Optional.empty() : differentTexts();
            if (different.isEmpty()) {
                lookUpNoted();
            }
            texts = different.orElse(0);
        }
        return texts + values.size() - (values.holdsNull() ? 1 : 0);
    }

    /** How many texts are noted, if they can be counted by themselves. */
    private Optional<Integer> differentTexts() {
        int[] numbers = new int[noted.rows()];
        return TextMerge.of(List.of(new TextMerge.Stretch(noted, 0, noted.rows(), numbers)), memory)
                .map(merge -> {
                    merge.split(0);
                    for (int part = 0; part < merge.parts(); part++) {
                        merge.unite(part);
                    }
                    return merge.number(0, 0).length;
                });
    }

    private void lookUpNoted() {
        for (int from = 0; from < noted.rows(); from = noted.endOfPiece(from)) {
            int first = from;
            int[] rows = new int[noted.endOfPiece(from) - from];
            Arrays.setAll(rows, i -> first + i);
            Vector texts = noted.gather(rows, 0);
            Arrays.setAll(rows, i -> i);
            values.add(texts, rows, true);
        }
    }
}
