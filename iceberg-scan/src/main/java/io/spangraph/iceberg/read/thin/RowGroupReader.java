package io.spangraph.iceberg.read.thin;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.iceberg.parquet.ColumnChunk;
import io.spangraph.iceberg.parquet.RowRanges;
import io.spangraph.iceberg.read.FileScan;
import io.spangraph.iceberg.read.columns.CodeTables;
import io.spangraph.iceberg.read.columns.ColumnFilter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.deletes.PositionDeleteIndex;

/** Reads what pruning left of a row group, one window of rows after the other: conditions, deletes, then what is wanted. */
final class RowGroupReader implements AutoCloseable {
    private static final int MAX_WINDOW_ROWS = 1 << 16;
    private static final int MIN_WINDOW_ROWS = 1 << 8;
    /** Of the columns of a batch: payloads would make a batch of the usual number of rows too large. */
    private static final long MAX_BATCH_BYTES = 8L << 20;

    /** Of a text that every row is tested by: what most rows drop again is to stay in the processor's cache. */
    private static final long MAX_TESTED_BYTES = 256L << 10;

    private static final int FIXED_BYTES = 8;

    private final RowGroupColumns columns;
    private final FileScan scan;
    private final List<ColumnFilter> open;
    private final CodeTables codes = new CodeTables();
    private final int[] wanted;
    private final int windowRows;
    private final Optional<PositionDeleteIndex> deletedPositions;
    private final Optional<EqualityDeletes> deletedValues;
    private RowRanges rest;

    RowGroupReader(RowGroupColumns columns, RowGroupPruning.Left left, Optional<EqualityDeletes> deletedValues) {
        this.columns = columns;
        this.scan = columns.file().scan();
        this.open = left.open();
        this.rest = left.rows();
        this.wanted = scan.columns().stream()
                .mapToInt(column -> columns.file().columns().indexOf(column))
                .toArray();
        this.deletedPositions = columns.file().hasDeletes()
                ? Optional.of(columns.file().deletedPositions()).filter(PositionDeleteIndex::isNotEmpty)
                : Optional.empty();
        this.deletedValues = deletedValues;
        this.windowRows = windowRows();
        announce();
    }

    /** Columns that every window will read come in large reads; the others are named. */
    private void announce() {
        Set<Integer> certain = new LinkedHashSet<>();
        if (open.isEmpty()) {
            for (int column : wanted) {
                certain.add(column);
            }
        } else {
            open.getFirst().collectColumns(certain);
        }
        Set<Integer> all = new LinkedHashSet<>(certain);
        open.forEach(condition -> condition.collectColumns(all));
        for (int column : wanted) {
            all.add(column);
        }
        for (int column : all) {
            if (columns.form(column).isPresent()) {
                if (certain.contains(column)) {
                    columns.source(column).readAhead(rest);
                } else {
                    columns.source(column).mayReadLater(rest, windowRows);
                }
            }
        }
    }

    private int windowRows() {
        long bytesPerRow = FIXED_BYTES;
        for (int column : wanted) {
            bytesPerRow += bytesPerRow(column);
        }
        long most = MAX_BATCH_BYTES / bytesPerRow;
        Set<Integer> tested = new LinkedHashSet<>();
        open.stream().limit(1).forEach(condition -> condition.collectColumns(tested));
        for (int column : tested) {
            long bytes = bytesPerRow(column);
            most = bytes > FIXED_BYTES ? Math.min(most, MAX_TESTED_BYTES / bytes) : most;
        }
        return Integer.highestOneBit(Math.clamp(most, MIN_WINDOW_ROWS, MAX_WINDOW_ROWS));
    }

    private long bytesPerRow(int column) {
        if (columns.form(column).isEmpty()) {
            return 0;
        }
        ColumnChunk chunk = columns.chunk(column);
        boolean varied = columns.storedForm(column).isVaried() && !chunk.allDictionary();
        return varied ? chunk.uncompressedBytes() / Math.max(1, chunk.rows()) + 4 : FIXED_BYTES;
    }

    /** The next batch; empty at the end of the row group. */
    Optional<RowBatch> next() {
        while (!rest.isEmpty()) {
            scan.io().poll();
            Window window = new Window(columns, takeWindow());
            scan.monitor().rowsRead(window.rows().rowCount());
            window.filter(open, codes);
            dropDeleted(window);
            int left = window.mask().count();
            if (left > 0) {
                return Optional.of(batch(window, left));
            }
        }
        return Optional.empty();
    }

    private RowRanges takeWindow() {
        RowRanges.Builder taken = RowRanges.builder();
        long room = windowRows;
        long end = 0;
        for (int range = 0; range < rest.size() && room > 0; range++) {
            end = Math.min(rest.to(range), rest.from(range) + room);
            taken.add(rest.from(range), end);
            room -= end - rest.from(range);
        }
        rest = rest.between(end, columns.group().rows());
        return taken.build();
    }

    private void dropDeleted(Window window) {
        if (deletedPositions.isPresent() && !window.mask().isEmpty()) {
            long compact = 0;
            RowRanges rows = window.rows();
            for (int range = 0; range < rows.size(); range++) {
                long first = columns.group().firstRow() + rows.from(range);
                long shift = compact - first;
                long count = rows.to(range) - rows.from(range);
                deletedPositions
                        .get()
                        .forEachInRange(
                                first, first + count, position -> window.mask().clear((int) (position + shift)));
                compact += count;
            }
        }
        if (deletedValues.isPresent() && !window.mask().isEmpty()) {
            deletedValues.get().apply(window::values, window.mask());
        }
    }

    private RowBatch batch(Window window, int left) {
        if (left <= window.mask().rows() / 2) {
            window.narrow();
        }
        int rows = window.mask().rows();
        List<Vector> vectors = new ArrayList<>(wanted.length + 1);
        for (int column : wanted) {
            vectors.add(vector(window, column, rows));
        }
        if (scan.rowReferences()) {
            vectors.add(references(window.rows(), rows));
        }
        RowBatch batch = RowBatch.of(vectors, rows);
        return left < rows ? batch.select(window.mask().positions()) : batch;
    }

    private Vector vector(Window window, int column, int rows) {
        return switch (columns.file().columns().column(column)) {
            case FileColumn.Constant constant -> new Vector.ConstantVector(constant.value(), rows);
            case FileColumn.Stored stored -> columns.source(column).vector(window.values(column));
        };
    }

    private Vector references(RowRanges rows, int count) {
        long[] references = new long[count];
        int at = 0;
        int file = scan.file().ordinal();
        for (int range = 0; range < rows.size(); range++) {
            for (long row = rows.from(range); row < rows.to(range); row++) {
                references[at++] = RowReference.of(file, columns.group().firstRow() + row);
            }
        }
        return new Vector.LongVector(references, NullMask.NONE, Vector.LongKind.INTEGER);
    }

    @Override
    public void close() {
        columns.close();
    }
}
