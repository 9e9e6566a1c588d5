package io.spangraph.iceberg.plan;

import io.spangraph.iceberg.catalog.TableState;
import java.util.List;
import org.apache.iceberg.BaseFileScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ResidualEvaluator;

/**
 * A data file of a snapshot with the delete files that apply to it.
 *
 * @param ordinal position among the snapshot's files in the order of their paths, by which row references name it
 */
public record PlannedFile(int ordinal, DataFile file, List<DeleteFile> deletes) {
    public PlannedFile {
        deletes = List.copyOf(deletes);
    }

    public String location() {
        return file.location();
    }

    /** In how many parts it may be read: as many as the table's metadata know row groups, without a look at the file. */
    public int parts() {
        List<Long> splits = file.splitOffsets();
        return splits == null ? 1 : Math.max(1, splits.size());
    }

    /** The file as Iceberg's own readers take it. */
    public FileScanTask task(TableState table) {
        return new BaseFileScanTask(
                file,
                deletes.toArray(DeleteFile[]::new),
                SchemaParser.toJson(table.schema()),
                PartitionSpecParser.toJson(table.metadata().spec(file.specId())),
                ResidualEvaluator.unpartitioned(Expressions.alwaysTrue()));
    }
}
