package io.spangraph.engine.exec.scope;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.scan.ScanRows;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.BatchCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cuts a part of a table whose scopes and links are kept into blocks. No key is read: where rows lie in their file tells
 * which scope they are of. Rows of scattered scopes are left out.
 */
final class KeptBlockReader implements Blocks {
    private final BatchCursor cursor;
    private final ScanRows base;
    private final KeptScopes kept;
    private final HeldMemory memory;
    private final Deque<Block> ready = new ArrayDeque<>();
    private Optional<RowStore> open = Optional.empty();
    private int openRun = -1;
    private boolean ended;

    /** @param memory of nobody else, for the rows of the scope that is not complete yet */
    KeptBlockReader(BatchCursor cursor, ScanRows base, KeptScopes kept, HeldMemory memory) {
        this.cursor = cursor;
        this.base = base;
        this.kept = kept;
        this.memory = memory;
    }

    @Override
    public Optional<Block> next() {
        while (ready.isEmpty() && !ended) {
            if (cursor.advance()) {
                RowBatch rows = base.owned(cursor.batch());
                if (rows.rowCount() > 0) {
                    cut(ScopeSearch.whole(rows));
                }
            } else {
                ended = true;
                endOpen();
            }
        }
        return Optional.ofNullable(ready.poll());
    }

    private void cut(RowBatch rows) {
        FilePositions positions = FilePositions.of(rows);
        KeptScopes.OfFile file = kept.file(positions.ordinal());
        FileScopes scopes = file.links().getFirst();
        int[] at = positions.positions();
        int firstRun = scopes.runOf(at[0]);
        int lastRun = scopes.runOf(at[at.length - 1]);
        Runs runs = Runs.of(at, scopes, firstRun, lastRun);
        BitSet leftOut = new BitSet();
        for (int run = 0; run < runs.count(); run++) {
            if (file.scattered().get(runs.ofFile()[run])) {
                leftOut.set(run);
            }
        }
        // A part is of one file, so that the number of a run tells which it is.
        if (openRun == firstRun) {
            keepOpen(rows, runs, 0);
            leftOut.set(0);
        }
        int last = runs.count() - 1;
        if (openRun != lastRun) {
            endOpen();
            boolean goesOn = scopes.starts()[lastRun + 1] > at[at.length - 1] + 1;
            if (goesOn && !leftOut.get(last) && !scopes.withoutScope().get(lastRun)) {
                open = Optional.of(RowStore.ofUnlikeRows(rows.columns().size(), memory));
                openRun = lastRun;
                keepOpen(rows, runs, last);
                leftOut.set(last);
            }
        }
        if (leftOut.cardinality() < runs.count()) {
            ready.add(block(rows, positions, file, new ScopeRuns(runs.starts(), new BitSet()), leftOut));
        }
    }

    /**
     * The runs of the file of which a batch has rows.
     *
     * @param starts rows of the batch
     * @param ofFile which runs of the file they are
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Runs(int[] starts, int[] ofFile) {
        static Runs of(int[] positions, FileScopes scopes, int firstRun, int lastRun) {
            int most = Math.min(positions.length, lastRun - firstRun + 1);
            int[] starts = new int[most + 1];
            int[] ofFile = new int[most];
            int[] ends = scopes.starts();
            int count = 0;
            int row = 0;
            for (int run = firstRun; row < positions.length; run++) {
                int end = ends[run + 1];
                if (positions[row] < end) {
                    starts[count] = row;
                    ofFile[count++] = run;
                    row = Math.min(positions.length, row + 1);
                    while (row < positions.length && positions[row] < end) {
                        row++;
                    }
                }
            }
            starts[count] = positions.length;
            return new Runs(Arrays.copyOf(starts, count + 1), Arrays.copyOf(ofFile, count));
        }

        int count() {
            return ofFile.length;
        }
    }

    private Block block(
            RowBatch rows, FilePositions positions, KeptScopes.OfFile file, ScopeRuns runs, BitSet leftOut) {
        List<Vector> columns = new ArrayList<>(rows.columns());
        Vector references = columns.removeLast();
        for (KeptScopes.Told told : kept.told()) {
            columns.add(
                    positions.presence(file.links().get(told.links()).nulls().get(told.column())));
        }
        columns.add(references);
        return new Block(
                RowBatch.of(columns, rows.physicalRows()),
                runs,
                leftOut,
                Optional.of(new Block.KeptLinks(positions, file.links())));
    }

    private void keepOpen(RowBatch rows, Runs runs, int run) {
        int[] positions =
                IntStream.range(runs.starts()[run], runs.starts()[run + 1]).toArray();
        open.orElseThrow().append(rows.columns(), positions);
    }

    /** The scope that was open is complete. */
    private void endOpen() {
        open.ifPresent(store -> {
            RowBatch rows = store.gather(IntStream.range(0, store.rows()).toArray());
            FilePositions positions = FilePositions.of(rows);
            KeptScopes.OfFile file = kept.file(positions.ordinal());
            ready.add(block(rows, positions, file, ScopeRuns.single(rows.physicalRows()), new BitSet()));
        });
        open = Optional.empty();
        openRun = -1;
        memory.release(memory.held());
    }

    @Override
    public void close() {
        cursor.close();
        memory.close();
    }
}
