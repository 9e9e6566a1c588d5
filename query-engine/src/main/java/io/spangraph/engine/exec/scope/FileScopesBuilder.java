package io.spangraph.engine.exec.scope;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/** Puts the blocks of a whole data file together, which come in the order of its rows. */
final class FileScopesBuilder {
    private static final int FIRST_ROWS = 1 << 16;

    private final List<BitSet> nulls;
    private final BitSet withoutScope = new BitSet();
    private int[] starts = new int[FIRST_ROWS >> 4];
    private long[] hashes = new long[FIRST_ROWS >> 4];
    private int[] first = new int[FIRST_ROWS];
    /** By row the next row with the same key, once there is one. */
    private int[] sameKey = new int[0];

    private int runs;
    private int rows;

    FileScopesBuilder(int columns) {
        this.nulls = Stream.generate(BitSet::new).limit(columns).toList();
    }

    int rows() {
        return rows;
    }

    int runs() {
        return runs;
    }

    /** @param block whose rows hold the columns and row references */
    void add(Block block, List<Vector> scope, Links links) {
        int[] positions = FilePositions.of(block.rows()).positions();
        ScopeRuns blockRuns = block.runs();
        for (int run = block.leftOut().nextClearBit(0);
                run < blockRuns.count();
                run = block.leftOut().nextClearBit(run + 1)) {
            int from = blockRuns.starts()[run];
            int to = blockRuns.starts()[run + 1];
            addRun(
                    positions[from],
                    ScopeHash.of(scope, from),
                    blockRuns.withoutScope().get(run));
            ensureRoom(positions[to - 1] + 1);
            for (int row = from; row < to; row++) {
                addRow(positions, row, links);
            }
            for (int column = 0; column < nulls.size(); column++) {
                addNulls(block.rows().column(column), nulls.get(column), positions, from, to);
            }
        }
    }

    private void addRun(int start, long hash, boolean without) {
        if (runs == starts.length) {
            starts = Arrays.copyOf(starts, runs + (runs >> 1));
            hashes = Arrays.copyOf(hashes, runs + (runs >> 1));
        }
        withoutScope.set(runs, without);
        starts[runs] = start;
        hashes[runs++] = hash;
    }

    private void ensureRoom(int needed) {
        rows = Math.max(rows, needed);
        if (needed > first.length) {
            int capacity = Math.max(needed, Math.addExact(first.length, first.length >> 1));
            first = Arrays.copyOf(first, capacity);
            if (sameKey.length > 0) {
                int known = sameKey.length;
                sameKey = Arrays.copyOf(sameKey, capacity);
                Arrays.fill(sameKey, known, capacity, Links.NONE);
            }
        }
    }

    private void addRow(int[] positions, int row, Links links) {
        int parent = links.parent(row);
        first[positions[row]] = parent < 0 ? parent : positions[parent];
        for (int i = 1; i < links.parentCount(row); i++) {
            if (sameKey.length == 0) {
                sameKey = new int[first.length];
                Arrays.fill(sameKey, Links.NONE);
            }
            sameKey[positions[links.parent(row, i - 1)]] = positions[links.parent(row, i)];
        }
    }

    private static void addNulls(Vector column, BitSet nulls, int[] positions, int from, int to) {
        for (int row = from; row < to; row++) {
            if (column.isNull(row)) {
                nulls.set(positions[row]);
            }
        }
    }

    FileScopes build() {
        int[] parents = Arrays.copyOf(first, rows);
        int[] allStarts = Arrays.copyOf(starts, runs + 1);
        allStarts[runs] = rows;
        return new FileScopes(
                allStarts,
                Arrays.copyOf(hashes, runs),
                withoutScope,
                sameKey.length == 0 ? Links.ofSingle(parents) : Links.ofChains(parents, sameKey),
                nulls.stream().map(NullMask::of).toList());
    }
}
