package io.spangraph.iceberg.read.thin;

import io.spangraph.engine.row.Vector;
import io.spangraph.iceberg.parquet.ChunkReader;
import io.spangraph.iceberg.parquet.ColumnChunk;
import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.RowRanges;
import io.spangraph.iceberg.read.columns.ColumnVectors;
import io.spangraph.iceberg.read.columns.StoredForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One column of a row group, from its start to its end: from the cache, or decoded and maybe kept. */
final class ChunkSource implements AutoCloseable {
    /** Of so many rows one must be wanted for the whole column to be decoded: a look-up asks for a few only. */
    private static final int WORTH_WHOLE = 64;

    private final RowGroupColumns group;
    private final StoredForm form;
    private final ColumnChunk chunk;
    private final ColumnVectors vectors;
    private Optional<DecodedColumn> kept;
    private Optional<ChunkReader> reader = Optional.empty();
    /** What was decoded so far, if the column is to be kept. */
    private Optional<List<ColumnValues>> collected = Optional.empty();

    private long collectedRows;
    /** The rows of a window, if a scan of the whole chunk may come to want some rows of it; otherwise 0. */
    private int wantedLater;

    ChunkSource(RowGroupColumns group, StoredForm form, ColumnChunk chunk) {
        this.group = group;
        this.form = form;
        this.chunk = chunk;
        this.vectors = new ColumnVectors(form);
        this.kept = group.parts().keepsColumns() ? group.parts().column(chunk) : Optional.empty();
        kept.ifPresent(column -> group.parts().columnUse(true));
    }

    /** Whether its values cost no read. */
    boolean isKept() {
        return kept.isPresent();
    }

    /** Announces that these rows will be read, in windows. */
    void readAhead(RowRanges rows) {
        if (kept.isPresent() || rows.isEmpty()) {
            return;
        }
        if (rows.rowCount() == chunk.rows() && isWorthKeeping()) {
            group.parts().columnUse(false);
            if (group.parts().columnUsedBefore(chunk)) {
                collected = Optional.of(new ArrayList<>());
            }
        }
        reader().readAhead(rows);
    }

    /**
     * Says that some of these rows may be read when conditions have looked at all of them, in windows of so many rows.
     * With the first of them the whole column is decoded and kept if they are not few, as in an earlier scan.
     */
    void mayReadLater(RowRanges rows, int windowRows) {
        boolean whole = rows.rowCount() == chunk.rows();
        if (kept.isEmpty() && whole && isWorthKeeping() && (form.isNumeric() || chunk.allDictionary())) {
            wantedLater = windowRows;
        }
    }

    private void keepWhole(int windowRows) {
        group.parts().columnUse(false);
        if (!group.parts().columnUsedBefore(chunk)) {
            return;
        }
        reader().readAhead(RowRanges.all(chunk.rows()));
        collected = Optional.of(new ArrayList<>());
        for (long from = 0; from < chunk.rows() && collected.isPresent(); from += windowRows) {
            group.file().scan().io().poll();
            RowRanges window = RowRanges.of(from, Math.min(chunk.rows(), from + windowRows));
            collect(collected.get(), form.inTableUnit(reader().read(window)), window);
        }
        // The reader has gone past the rows that are asked for.
        reader().close();
        reader = Optional.empty();
    }

    /** Payloads are never kept: texts only where a dictionary holds them. */
    private boolean isWorthKeeping() {
        return group.parts().keepsColumns()
                && group.parts().fits(8 * chunk.rows())
                && (form.isNumeric() || form.isText() && chunk.hasDictionary());
    }

    private ChunkReader reader() {
        if (reader.isEmpty()) {
            reader = Optional.of(group.open(chunk));
        }
        return reader.get();
    }

    /** The values of some rows in the table's unit. Rows of a later call lie behind those of the calls before. */
    ColumnValues read(RowRanges rows) {
        if (wantedLater > 0) {
            int windowRows = wantedLater;
            wantedLater = 0;
            if (rows.rowCount() * WORTH_WHOLE >= Math.min(windowRows, chunk.rows())) {
                keepWhole(windowRows);
            }
        }
        if (kept.isPresent()) {
            return kept.get().read(rows);
        }
        ColumnValues values = form.inTableUnit(reader().read(rows));
        collected.ifPresent(windows -> collect(windows, values, rows));
        return values;
    }

    private void collect(List<ColumnValues> windows, ColumnValues values, RowRanges rows) {
        boolean follows = rows.size() == 1 && rows.from(0) == collectedRows && isOfOneKind(windows, values);
        if (!follows) {
            collected = Optional.empty();
            return;
        }
        windows.add(values);
        collectedRows += rows.rowCount();
        if (collectedRows == chunk.rows()) {
            DecodedColumn column = DecodedColumn.of(windows, windows.getFirst().rows());
            group.parts().keepColumn(chunk, column);
            kept = Optional.of(column);
            collected = Optional.empty();
        }
    }

    private static boolean isOfOneKind(List<ColumnValues> windows, ColumnValues values) {
        if (values instanceof ColumnValues.Bytes) {
            return false;
        }
        if (windows.isEmpty()) {
            return true;
        }
        return values instanceof ColumnValues.Codes codes
                ? windows.getFirst() instanceof ColumnValues.Codes first && first.dictionary() == codes.dictionary()
                : values.getClass() == windows.getFirst().getClass();
    }

    Vector vector(ColumnValues values) {
        return vectors.of(values);
    }

    @Override
    public void close() {
        reader.ifPresent(ChunkReader::close);
    }
}
