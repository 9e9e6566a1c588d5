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
    private final RowGroupColumns group;
    private final StoredForm form;
    private final ColumnChunk chunk;
    private final ColumnVectors vectors;
    private final Optional<DecodedColumn> kept;
    private Optional<ChunkReader> reader = Optional.empty();
    /** What was decoded so far, if the column is to be kept. */
    private Optional<List<ColumnValues>> collected = Optional.empty();

    private long collectedRows;

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
            group.parts()
                    .keepColumn(
                            chunk, DecodedColumn.of(windows, windows.getFirst().rows()));
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
