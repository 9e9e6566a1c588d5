package io.spangraph.engine.exec.scope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the scopes that have runs in more than one place among many by their hashes. Most have one: a bit for each hash
 * tells nearly all of these apart, so that few hashes need to be sorted.
 */
final class ScatteredRuns {
    /** So many scattered rows are no sign that a table is not in order: it may be small. */
    private static final long FEW_ROWS = 1 << 14;

    /** If more than one row of so many lies in a scattered scope, the table is not in the order of its scopes. */
    private static final int SCATTERED_SHARE = 8;

    private static final int BITS_PER_RUN = 16;

    private final List<FileScopes> files = new ArrayList<>();
    private long[] repeated = new long[0];
    private boolean searched;

    void add(FileScopes file) {
        files.add(file);
    }

    private void search() {
        if (searched) {
            return;
        }
        searched = true;
        long runs = files.stream().mapToLong(FileScopes::runs).sum();
        long bits = Long.highestOneBit(Math.clamp(BITS_PER_RUN * runs, Long.SIZE, 1L << 34));
        long[] once = new long[(int) (bits / Long.SIZE)];
        long[] twice = new long[once.length];
        for (FileScopes file : files) {
            for (long hash : file.hashes()) {
                int word = (int) ((hash & bits - 1) >>> 6);
                twice[word] |= once[word] & 1L << hash;
                once[word] |= 1L << hash;
            }
        }
        long[] candidates = new long[16];
        int count = 0;
        for (FileScopes file : files) {
            for (long hash : file.hashes()) {
                if ((twice[(int) ((hash & bits - 1) >>> 6)] & 1L << hash) != 0) {
                    if (count == candidates.length) {
                        candidates = Arrays.copyOf(candidates, 2 * count);
                    }
                    candidates[count++] = hash;
                }
            }
        }
        repeated = repeated(candidates, count);
    }

    private static long[] repeated(long[] hashes, int count) {
        Arrays.sort(hashes, 0, count);
        int repeated = 0;
        for (int i = 1; i < count; i++) {
            if (hashes[i] == hashes[i - 1] && (repeated == 0 || hashes[repeated - 1] != hashes[i])) {
                hashes[repeated++] = hashes[i];
            }
        }
        return Arrays.copyOf(hashes, repeated);
    }

    /** The runs of a file whose scopes have other runs, there or elsewhere. */
    BitSet in(FileScopes file) {
        search();
        BitSet runs = new BitSet();
        for (int run = 0; run < file.runs() && repeated.length > 0; run++) {
            if (!file.withoutScope().get(run) && Arrays.binarySearch(repeated, file.hashes()[run]) >= 0) {
                runs.set(run);
            }
        }
        return runs;
    }

    /** Whether so few rows are scattered that it pays to read the table in its order. */
    boolean areFew() {
        long rows = 0;
        long scattered = 0;
        for (FileScopes file : files) {
            rows += file.links().rows();
            BitSet runs = in(file);
            for (int run = runs.nextSetBit(0); run >= 0; run = runs.nextSetBit(run + 1)) {
                scattered += file.rowsOf(run);
            }
        }
        return areFew(scattered, rows);
    }

    static boolean areFew(long scattered, long rows) {
        return scattered <= Math.max(FEW_ROWS, rows / SCATTERED_SHARE);
    }
}
