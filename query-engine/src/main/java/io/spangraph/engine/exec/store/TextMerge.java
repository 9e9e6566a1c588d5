package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the rows of several stores of one column that hold the same text, where the texts lie in dictionaries. They are
 * split by their hashes into parts that fit into the processor's cache, and threads can work on several of these at a time:
 * a table of all texts would be waited for at every look, and need their bytes copied.
 *
 * <p>First every stretch is {@linkplain #split split}, then every part {@linkplain #unite united}, and then the rows are
 * {@linkplain #number numbered}.
 */
public final class TextMerge {
    private static final int ROWS_OF_A_PART = 8192;
    private static final int MAX_PARTS = 1024;
    /** An item, and a table of parts that are worked on at a time. */
    private static final int BYTES_PER_ROW = Long.BYTES + 2 * Long.BYTES;

    private final List<Stretch> stretches;
    private final EntryBuffer[] texts;
    /** By stretch: how many rows come before it. */
    private final int[] before;
    /** By stretch: the hash of a row above, and which one below, in the order of the parts. */
    private final long[][] items;
    /** By stretch: where each part begins in the items; one more than there are parts. */
    private final int[][] starts;

    private final int partBits;

    /**
     * Rows of a store, in the order in which they are to be numbered.
     *
     * @param from the first row
     * @param to behind the last
     * @param numbers where the number of each row is put, by row of the store
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Stretch(RowStore store, int from, int to, int[] numbers) {}

    private TextMerge(List<Stretch> stretches, EntryBuffer[] texts, int[] before) {
        this.stretches = stretches;
        this.texts = texts;
        this.before = before;
        this.items = new long[stretches.size()][];
        this.starts = new int[stretches.size()][];
        int parts = Math.clamp(before[stretches.size()] / ROWS_OF_A_PART, 1, MAX_PARTS);
        this.partBits = Integer.SIZE - Integer.numberOfLeadingZeros(parts - 1);
    }

    /**
     * A merge of rows, if all of them lie in dictionaries and there is memory for it.
     *
     * @param memory of which what the merge needs stays reserved
     */
    public static Optional<TextMerge> of(List<Stretch> stretches, HeldMemory memory) {
        EntryBuffer[] texts = new EntryBuffer[stretches.size()];
        int[] before = new int[stretches.size() + 1];
        for (int i = 0; i < texts.length; i++) {
            Stretch stretch = stretches.get(i);
            Optional<EntryBuffer> entries = stretch.store().entries();
            long rows = (long) before[i] + stretch.to() - stretch.from();
            if (entries.isEmpty() || rows > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            texts[i] = entries.get();
            before[i + 1] = (int) rows;
        }
        return memory.tryReserve((long) BYTES_PER_ROW * before[texts.length])
                ? Optional.of(new TextMerge(List.copyOf(stretches), texts, before))
                : Optional.empty();
    }

    public int stretches() {
        return stretches.size();
    }

    public RowStore store(int stretch) {
        return stretches.get(stretch).store();
    }

    /** Rows of all stretches. */
    public int rows() {
        return before[stretches.size()];
    }

    public int parts() {
        return 1 << partBits;
    }

    /** Splits a stretch. Threads may split several at a time. */
    public void split(int number) {
        Stretch stretch = stretches.get(number);
        int[] hashes = new int[stretch.to() - stretch.from()];
        texts[number].hashes(stretch.from(), hashes);
        int[] ends = new int[parts() + 1];
        for (int hash : hashes) {
            ends[part(hash) + 1]++;
        }
        for (int part = 0; part < parts(); part++) {
            ends[part + 1] += ends[part];
        }
        int[] next = ends.clone();
        long[] split = new long[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            split[next[part(hashes[i])]++] = (long) hashes[i] << Integer.SIZE | i;
        }
        starts[number] = ends;
        items[number] = split;
    }

    private int part(int hash) {
        // In two steps, because a shift by all bits would be none.
        return hash >>> 1 >>> (Integer.SIZE - 1 - partBits);
    }

    /** Finds equal texts in one part of all stretches. Threads may do several at a time. */
    public void unite(int part) {
        int[] first = new int[stretches.size() + 1];
        for (int i = 0; i < stretches.size(); i++) {
            first[i + 1] = first[i] + starts[i][part + 1] - starts[i][part];
        }
        int count = first[stretches.size()];
        long[] all = new long[count];
        int[] slots = new int[Math.max(2, Integer.highestOneBit(count) << 2)];
        int mask = slots.length - 1;
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            System.arraycopy(items[i], starts[i][part], all, first[i], first[i + 1] - first[i]);
            for (int at = first[i]; at < first[i + 1]; at++) {
                int hash = (int) (all[at] >>> Integer.SIZE);
                int row = (int) all[at];
                int slot = hash & mask;
                int known = at;
                while (slots[slot] != 0) {
                    int other = slots[slot] - 1;
                    if ((int) (all[other] >>> Integer.SIZE) == hash && isEqual(i, row, other, first, all)) {
                        known = other;
                        break;
                    }
                    slot = (slot + 1) & mask;
                }
                int place = before[i] + row;
                if (known == at) {
                    slots[slot] = at + 1;
                } else {
                    int source = stretchOf(first, known);
                    place = before[source] + (int) all[known];
                }
                stretch.numbers()[stretch.from() + row] = place;
            }
        }
    }

    private boolean isEqual(int stretch, int row, int other, int[] first, long[] all) {
        int source = stretchOf(first, other);
        int otherRow = stretches.get(source).from() + (int) all[other];
        return texts[stretch].isEqual(stretches.get(stretch).from() + row, texts[source], otherRow);
    }

    /** The last stretch that begins at a place or before it. */
    private static int stretchOf(int[] first, int place) {
        int low = 0;
        int high = first.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (first[middle] <= place) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Numbers the different texts of one stretch, when all parts were united and all stretches before it were numbered.
     *
     * @param known how many different texts those have
     * @return its rows whose texts they do not have
     */
    public int[] number(int number, int known) {
        Stretch stretch = stretches.get(number);
        int[] numbers = stretch.numbers();
        int[] fresh = new int[stretch.to() - stretch.from()];
        int count = 0;
        int shift = before[number] - stretch.from();
        for (int row = stretch.from(); row < stretch.to(); row++) {
            int place = numbers[row];
            if (place == row + shift) {
                numbers[row] = known + count;
                fresh[count++] = row;
            } else {
                int source = stretchOf(before, place);
                Stretch earlier = stretches.get(source);
                numbers[row] = earlier.numbers()[earlier.from() + place - before[source]];
            }
        }
        return Arrays.copyOf(fresh, count);
    }
}
