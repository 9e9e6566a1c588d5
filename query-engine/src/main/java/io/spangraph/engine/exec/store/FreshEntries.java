package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.TextEntries;
import java.util.Optional;

/**
 * Says which dictionaries' entries can be taken for new without a look whether an earlier dictionary had the same text.
 * That is for what will be added to something else, which has to look anyway: until then a text may be there more than once.
 * Where many texts come back from dictionary to dictionary, as a sample shows, looking at once keeps fewer of them.
 */
final class FreshEntries {
    /** Looking up the texts of smaller dictionaries costs nothing, and they mostly repeat. */
    private static final int MIN_ENTRIES = 1024;

    private static final int SAMPLE = 64;
    /** One text of so many that comes back is too much. */
    private static final int REPEATED = 4;
    /** The first dictionary is the measure of others, and then each that is the first of so many times as many. */
    private static final int REFERENCES = 4;

    /** The hashes of all texts of some dictionaries. */
    private final LongTable references;

    private Optional<TextEntries> last = Optional.empty();
    private int dictionaries;
    private int nextReference = 1;
    private boolean repeats;

    FreshEntries(HeldMemory memory) {
        this.references = new LongTable(memory);
    }

    /** Whether the entries in so many rows are taken for new if they did not come with this very dictionary before. */
    @SuppressWarnings("ReferenceEquality")
    boolean takes(TextEntries dictionary, int rows) {
        if (repeats || dictionary.size() < MIN_ENTRIES || !EntryBuffer.isWorthIt(dictionary, rows)) {
            return false;
        }
        if (last.isEmpty() || last.get() != dictionary) {
            last = Optional.of(dictionary);
            compare(dictionary);
        }
        return !repeats;
    }

    private void compare(TextEntries dictionary) {
        int known = 0;
        for (int i = 0; i < SAMPLE; i++) {
            int entry = (int) ((long) i * dictionary.size() / SAMPLE);
            known += references.find(hash(dictionary, entry)) == LongTable.ABSENT ? 0 : 1;
        }
        repeats = known > SAMPLE / REPEATED;
        dictionaries++;
        if (!repeats && dictionaries == nextReference) {
            nextReference *= REFERENCES;
            for (int entry = 0; entry < dictionary.size(); entry++) {
                references.findOrAdd(hash(dictionary, entry), 0);
            }
        }
    }

    private static long hash(TextEntries dictionary, int entry) {
        int[] offsets = dictionary.offsets();
        return TextTable.hash(dictionary.utf8(), offsets[entry], offsets[entry + 1]);
    }
}
