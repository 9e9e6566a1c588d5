package io.spangraph.engine.exec.sort;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.spill.SpillFile;
import io.spangraph.engine.row.RowBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorted rows on disk, in files that follow each other as the rows came. As soon as there are so many files of one size
 * that a merge can read them side by side, they are merged into one.
 */
final class SortedRuns implements AutoCloseable {
    private static final long MAX_BLOCK_BYTES = 256 << 10;
    private static final long MIN_BLOCK_BYTES = 1 << 10;
    private static final int MIN_ROWS_OF_BLOCK = 16;
    private static final int MIN_FAN_IN = 4;
    private static final int MAX_FAN_IN = 64;
    /** What a reader holds of a block: its bytes and its vectors. */
    private static final int COPIES_OF_BLOCK = 3;

    private final int width;
    private final List<SortSpec> specs;
    private final QueryContext context;
    private final HeldMemory memory;
    private final long blockBytes;
    private final int fanIn;
    private final List<Run> runs = new ArrayList<>();
    private long mergedBytes;

    /** @param level how often its rows were merged */
    private record Run(SpillFile file, int level) {}

    SortedRuns(int width, List<SortSpec> specs, QueryContext context, String operator) {
        this.width = width;
        this.specs = specs;
        this.context = context;
        this.memory = HeldMemory.ofSpilling(context, operator);
        long forMerge = context.memory().maxBytes() / 4;
        this.blockBytes =
                Math.max(MIN_BLOCK_BYTES, Math.min(MAX_BLOCK_BYTES, forMerge / (COPIES_OF_BLOCK * MAX_FAN_IN / 4)));
        this.fanIn = (int) Math.max(MIN_FAN_IN, Math.min(MAX_FAN_IN, forMerge / (COPIES_OF_BLOCK * blockBytes)));
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** How many rows are written together, so that a merge can hold such a block of each file. */
    int rowsOfBlock(long bytesOfRow) {
        return (int) Math.max(MIN_ROWS_OF_BLOCK, Math.min(RowBatch.TARGET_ROWS, blockBytes / Math.max(1, bytesOfRow)));
    }

    /** An empty file for the next rows; {@link #added()} says when they are in it. */
    SpillFile newRun() {
        SpillFile file = new SpillFile(context, memory);
        runs.add(new Run(file, 0));
        return file;
    }

    void added() {
        while (runs.size() >= fanIn
                && runs.get(runs.size() - fanIn).level() == runs.getLast().level()) {
            mergeLast(fanIn);
        }
    }

    private void mergeLast(int count) {
        List<Run> last = List.copyOf(runs.subList(runs.size() - count, runs.size()));
        List<SpillFile> files = last.stream().map(Run::file).toList();
        int level = last.stream().mapToInt(Run::level).max().orElseThrow() + 1;
        SpillFile target = new SpillFile(context, memory);
        runs.add(new Run(target, level));
        long rows = files.stream().mapToLong(SpillFile::rows).sum();
        long bytes = files.stream().mapToLong(SpillFile::bytes).sum();
        int rowsOfBlock = rowsOfBlock(bytes / Math.max(1, rows));
        try (MergedRuns merged = new MergedRuns(files, width, specs, context, rowsOfBlock)) {
            while (merged.advance()) {
                target.append(merged.batch());
            }
        }
        target.finish();
        runs.removeAll(last);
        mergedBytes += bytes;
        SpillFile.closeAll(files);
    }

    /** All rows, in one order. */
    MergedRuns merged() {
        while (runs.size() > fanIn) {
            mergeLast(Math.min(fanIn, runs.size() - fanIn + 1));
        }
        List<SpillFile> files = runs.stream().map(Run::file).toList();
        return new MergedRuns(files, width, specs, context, RowBatch.TARGET_ROWS);
    }

    /** What was written, also of files that were merged. */
    long spilledBytes() {
        return mergedBytes + runs.stream().mapToLong(run -> run.file().bytes()).sum();
    }

    @Override
    public void close() {
        mergedBytes = spilledBytes();
        List<SpillFile> files = runs.stream().map(Run::file).toList();
        runs.clear();
        Closing.all(() -> SpillFile.closeAll(files), memory::close);
    }
}
