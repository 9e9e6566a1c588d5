package io.spangraph.iceberg.read;

import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.iceberg.catalog.TableState;
import io.spangraph.iceberg.plan.Condition;
import io.spangraph.iceberg.plan.PlannedFile;
import io.spangraph.iceberg.read.columns.ColumnTests;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.NestedField;

/**
 * What to read of one file.
 *
 * @param columns the columns of the batches
 * @param rowReferences whether batches end with a column of row references
 * @param filter rows that do not satisfy it are dropped
 * @param tests the filter's conditions as tests of columns, shared by all files of a scan
 * @param skipping true wherever the filter is; parts of the file where it cannot be true may be skipped
 * @param positions if present, only the rows at these positions, in ascending order
 */
public record FileScan(
        TableState table,
        PlannedFile file,
        List<NestedField> columns,
        boolean rowReferences,
        Condition filter,
        ColumnTests tests,
        Expression skipping,
        Optional<long[]> positions,
        CountingFileIO io,
        ScanCache cache,
        ScanMonitor monitor) {
    public FileScan {
        columns = List.copyOf(columns);
    }

    /** The same, with every part of the file read. */
    public FileScan withoutSkipping() {
        return new FileScan(
                table,
                file,
                columns,
                rowReferences,
                filter,
                tests,
                Expressions.alwaysTrue(),
                positions,
                io,
                cache,
                monitor);
    }
}
