package io.spangraph.engine.exec.sort;

import io.spangraph.engine.row.RowBatch;
import java.util.List;
import java.util.stream.IntStream;

/** Rows from one rank to before another, without their keys. */
final class RowWindow implements SortedRows {
    private final MergedRuns rows;
    private final int width;
    private final long skip;
    private final long needed;
    private long seen;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    RowWindow(MergedRuns rows, int width, long skip, long needed) {
        this.rows = rows;
        this.width = width;
        this.skip = skip;
        this.needed = needed;
    }

    @Override
    public boolean advance() {
        while (seen < needed && rows.advance()) {
            RowBatch merged = rows.batch();
            int from = (int) Math.min(merged.rowCount(), Math.max(0, skip - seen));
            int to = (int) Math.min(merged.rowCount(), needed - seen);
            seen += merged.rowCount();
            if (from < to) {
                RowBatch plain = RowBatch.of(merged.columns().subList(0, width), merged.rowCount());
                boolean whole = from == 0 && to == merged.rowCount();
                batch = whole ? plain : plain.select(IntStream.range(from, to).toArray());
                return true;
            }
        }
        return false;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }
}
