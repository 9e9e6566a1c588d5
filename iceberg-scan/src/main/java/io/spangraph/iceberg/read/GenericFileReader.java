package io.spangraph.iceberg.read;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.iceberg.catalog.StorageErrors;
import io.spangraph.iceberg.catalog.TableState;
import io.spangraph.iceberg.plan.Condition;
import io.spangraph.iceberg.plan.PlannedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.formats.ReadBuilder;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.PartitionUtil;

/** Reads files with Iceberg's generic records: every type, format feature and schema change that Iceberg knows. */
public final class GenericFileReader implements FileReader {
    /** Payload columns would make a batch of the usual number of rows too large. */
    private static final long MAX_BATCH_BYTES = 8L << 20;

    private static final int POLL_EVERY = 1024;

    @Override
    public FileBatches open(FileScan scan) {
        requireReadable(scan);
        scan.monitor().genericFile();
        try {
            return new Batches(scan);
        } catch (RuntimeException | StackOverflowError e) {
            // Damaged headers can send Parquet's parser into endless recursion.
            throw StorageErrors.ofFile(scan.table().name(), scan.file().location(), e);
        }
    }

    private static void requireReadable(FileScan scan) {
        PlannedFile file = scan.file();
        FileFormat format = file.file().format();
        if (format != FileFormat.PARQUET && format != FileFormat.AVRO) {
            throw QueryException.of(
                            QueryErrorCode.UNSUPPORTED,
                            "File '" + file.location() + "' of table '"
                                    + scan.table().name() + "' is of the format " + format + ", which cannot be read.")
                    .withHint("Rewrite the table's data files as Parquet.");
        }
        if (file.file().keyMetadata() != null) {
            throw QueryException.of(
                            QueryErrorCode.UNSUPPORTED,
                            "File '" + file.location() + "' of table '"
                                    + scan.table().name() + "' is encrypted, which cannot be read.")
                    .withHint("Rewrite the table's data files without encryption.");
        }
    }

    /** The columns to read: the wanted ones, those of the filter behind them, and the position if it is needed. */
    private static Schema readSchema(FileScan scan) {
        Set<NestedField> fields = new LinkedHashSet<>(scan.columns());
        Condition.collectColumns(scan.filter(), fields);
        List<NestedField> all = new ArrayList<>(fields);
        // Without any column Parquet gives no rows; the position costs nothing.
        if (scan.rowReferences() || scan.positions().isPresent() || all.isEmpty()) {
            all.add(MetadataColumns.ROW_POSITION);
        }
        return new Schema(all);
    }

    private static CloseableIterable<Record> records(FileScan scan, DeletedRows deleted) {
        PlannedFile planned = scan.file();
        TableState table = scan.table();
        Map<Integer, ?> constants =
                PartitionUtil.constantsMap(planned.task(table), IdentityPartitionConverters::convertConstant);
        ReadBuilder<Record, Schema> builder = FormatModelRegistry.readBuilder(
                planned.file().format(),
                Record.class,
                scan.io().newInputFile(planned.location(), planned.file().fileSizeInBytes()));
        builder.project(deleted.requiredSchema())
                .idToConstant(constants)
                .filter(scan.skipping())
                .caseSensitive(true)
                .reuseContainers();
        table.nameMapping().ifPresent(builder::withNameMapping);
        return deleted.filter(builder.build());
    }

    private static final class Batches implements FileBatches {
        private final FileScan scan;
        private final CloseableIterable<Record> records;
        private final CloseableIterator<Record> rows;
        private final HeldTypes types;
        private final RowFilter filter;
        private final ColumnBuilder[] columns;
        private final int[] sources;
        private final int positionSource;
        private final long[] references;

        Batches(FileScan scan) {
            this.scan = scan;
            Schema projected = readSchema(scan);
            DeletedRows deleted =
                    new DeletedRows(scan.io(), scan.table(), scan.file(), projected, scan.cache(), scan.monitor());
            List<NestedField> read = deleted.requiredSchema().columns();
            this.types = new HeldTypes(scan, read);
            RowFilter condition = RowFilter.of(scan.filter(), column -> positionOf(read, column));
            this.filter = scan.positions()
                    .map(wanted -> atPositions(wanted, positionOf(read, MetadataColumns.ROW_POSITION), condition))
                    .orElse(condition);
            int width = scan.columns().size();
            this.columns = new ColumnBuilder[width];
            this.sources = new int[width];
            for (int i = 0; i < width; i++) {
                NestedField column = scan.columns().get(i);
                columns[i] = ColumnBuilder.of(column.type(), RowBatch.TARGET_ROWS);
                sources[i] = positionOf(read, column);
            }
            this.positionSource = scan.rowReferences() ? positionOf(read, MetadataColumns.ROW_POSITION) : -1;
            this.references = new long[scan.rowReferences() ? RowBatch.TARGET_ROWS : 0];
            this.records = records(scan, deleted);
            this.rows = records.iterator();
        }

        private static RowFilter atPositions(long[] wanted, int at, RowFilter condition) {
            return row -> Arrays.binarySearch(wanted, (Long) row.get(at)) >= 0 && condition.test(row);
        }

        private static int positionOf(List<NestedField> read, NestedField column) {
            for (int i = 0; i < read.size(); i++) {
                if (read.get(i).fieldId() == column.fieldId()) {
                    return i;
                }
            }
            throw new IllegalStateException("column " + column.name() + " is not read");
        }

        @Override
        public Optional<RowBatch> next() {
            try {
                return fill();
            } catch (RuntimeException | StackOverflowError e) {
                throw StorageErrors.ofFile(scan.table().name(), scan.file().location(), e);
            }
        }

        private Optional<RowBatch> fill() {
            scan.monitor().cancellation().poll();
            int size = 0;
            int seen = 0;
            while (size < RowBatch.TARGET_ROWS && rows.hasNext()) {
                Record row = rows.next();
                if (++seen % POLL_EVERY == 0) {
                    scan.io().poll();
                }
                types.require(row);
                if (filter.test(row)) {
                    add(row, size++);
                    if (size % 16 == 0 && heapBytes() > MAX_BATCH_BYTES) {
                        break;
                    }
                }
            }
            scan.monitor().rowsRead(seen);
            return size == 0 ? Optional.empty() : Optional.of(build(size));
        }

        private void add(Record row, int at) {
            for (int i = 0; i < columns.length; i++) {
                columns[i].add(row.get(sources[i]));
            }
            if (positionSource >= 0) {
                references[at] = RowReference.of(scan.file().ordinal(), (Long) row.get(positionSource));
            }
        }

        private long heapBytes() {
            long bytes = 0;
            for (ColumnBuilder column : columns) {
                bytes += column.heapBytes();
            }
            return bytes;
        }

        private RowBatch build(int size) {
            List<Vector> vectors = new ArrayList<>(columns.length + 1);
            for (ColumnBuilder column : columns) {
                vectors.add(column.build(size));
            }
            if (positionSource >= 0) {
                vectors.add(
                        new Vector.LongVector(Arrays.copyOf(references, size), NullMask.NONE, Vector.LongKind.INTEGER));
            }
            return RowBatch.of(vectors, size);
        }

        @Override
        public void close() {
            try {
                rows.close();
                records.close();
            } catch (IOException | RuntimeException e) {
                throw StorageErrors.ofFile(scan.table().name(), scan.file().location(), e);
            }
        }
    }
}
