package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.parquet.ParquetFile;
import io.spangraph.iceberg.parquet.RowGroup;
import io.spangraph.iceberg.parquet.RowRanges;
import io.spangraph.iceberg.plan.Condition;
import io.spangraph.iceberg.read.DeletedRows;
import io.spangraph.iceberg.read.FileScan;
import io.spangraph.iceberg.read.columns.ColumnFilter;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.types.Types.NestedField;

/** A file whose columns can be decoded, prepared once for all threads that read its parts. */
final class ThinFile {
    private final FileScan scan;
    private final ParquetFile footer;
    private final FileColumns columns;
    private final ColumnFilter filter;
    private final Optional<Deletes> deletes;
    private Optional<PositionDeleteIndex> positions = Optional.empty();

    /**
     * The delete files that apply to the file.
     *
     * @param requested the columns for which Iceberg was asked to apply them
     */
    private record Deletes(DeletedRows rows, Schema requested) {}

    private ThinFile(
            FileScan scan, ParquetFile footer, FileColumns columns, ColumnFilter filter, Optional<Deletes> deletes) {
        this.scan = scan;
        this.footer = footer;
        this.columns = columns;
        this.filter = filter;
        this.deletes = deletes;
    }

    /** Empty if the file needs Iceberg's own reader. */
    static Optional<ThinFile> of(FileScan scan, ParquetFile footer) {
        Set<NestedField> fields = new LinkedHashSet<>(scan.columns());
        Condition.collectColumns(scan.filter(), fields);
        Optional<Deletes> deletes = Optional.empty();
        if (!scan.file().deletes().isEmpty()) {
            Schema requested = new Schema(List.copyOf(fields));
            DeletedRows rows = deletes(scan, requested);
            deletes = Optional.of(new Deletes(rows, requested));
            rows.requiredSchema().columns().stream()
                    .filter(field -> !MetadataColumns.isMetadataColumn(field.fieldId()))
                    .forEach(fields::add);
        }
        Optional<Deletes> applied = deletes;
        return FileColumns.of(scan, footer, fields)
                .map(columns -> new ThinFile(scan, footer, columns, filter(scan, columns), applied));
    }

    private static DeletedRows deletes(FileScan scan, Schema requested) {
        return new DeletedRows(scan.io(), scan.table(), scan.file(), requested, scan.cache(), scan.monitor());
    }

    private static ColumnFilter filter(FileScan scan, FileColumns columns) {
        return ColumnFilter.of(scan.filter(), scan.tests(), field -> {
            int index = columns.indexOf(field);
            return switch (columns.column(index)) {
                case FileColumn.Stored stored -> new ColumnFilter.Operand.Column(index);
                case FileColumn.Constant constant ->
                    new ColumnFilter.Operand.Constant(
                            test -> ConstantTests.satisfies(test, field.type(), constant.generic()));
            };
        });
    }

    FileScan scan() {
        return scan;
    }

    ParquetFile footer() {
        return footer;
    }

    FileColumns columns() {
        return columns;
    }

    ColumnFilter filter() {
        return filter;
    }

    /** The rows of a row group that the scan asks for by position; all, if it asks for none. */
    RowRanges wanted(RowGroup group) {
        if (scan.positions().isEmpty()) {
            return RowRanges.all(group.rows());
        }
        long[] wanted = scan.positions().get();
        RowRanges.Builder rows = RowRanges.builder();
        int found = Arrays.binarySearch(wanted, group.firstRow());
        long end = group.firstRow() + group.rows();
        for (int i = found >= 0 ? found : -found - 1; i < wanted.length && wanted[i] < end; i++) {
            rows.add(wanted[i] - group.firstRow(), wanted[i] - group.firstRow() + 1);
        }
        return rows.build();
    }

    /** Positions in the file that are deleted, read at the first row group that has rows left. */
    synchronized PositionDeleteIndex deletedPositions() {
        if (positions.isEmpty()) {
            positions = Optional.of(deletes.map(Deletes::rows)
                    .filter(DeletedRows::hasPosDeletes)
                    .map(DeletedRows::deletedRowPositions)
                    .orElseGet(PositionDeleteIndex::empty));
        }
        return positions.get();
    }

    boolean hasDeletes() {
        return deletes.isPresent();
    }

    /** Deletes by values, for one thread: Iceberg's filter is not made for several. */
    Optional<EqualityDeletes> equalityDeletes() {
        return deletes.filter(shared -> shared.rows().hasEqDeletes())
                .map(shared -> new EqualityDeletes(deletes(scan, shared.requested()), columns));
    }
}
