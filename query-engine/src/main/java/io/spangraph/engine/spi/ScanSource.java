package io.spangraph.engine.spi;

import io.spangraph.model.table.TableDirectory;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The only door to storage. {@link #plan} reads no data; {@link #parts} reads what the plan and the keys leave;
 * {@link #fetch} reads further columns of rows that are already known. All throw
 * {@link io.spangraph.engine.context.QueryException} with a storage code when storage fails.
 */
public interface ScanSource extends TableDirectory, AutoCloseable {

    /** Chooses one snapshot for each of the tables, together. */
    SnapshotSet pin(Set<TableName> tables, SnapshotSelector selector);

    /** The columns by which a snapshot is read: those that the table had when it was chosen. */
    default Optional<TableSchema> table(TableSnapshot snapshot) {
        return table(snapshot.table());
    }

    ScanPlan plan(ScanRequest request);

    /**
     * Answers what metadata tell exactly about whole files of a planned scan, as a scan of them would; a source that knows
     * nothing for certain leaves the scan as it is.
     */
    default MetadataAnswer metadata(ScanPlan plan, MetadataQuestion question) {
        return new MetadataAnswer(List.of(), plan);
    }

    /** Opens a scan for several threads. Keys may only narrow it. The caller closes the parts. */
    ScanParts parts(ScanPlan plan, RuntimeKeys keys, ScanMonitor monitor);

    /** Opens a scan for one thread. The caller closes the cursor. */
    default BatchCursor open(ScanPlan plan, RuntimeKeys keys, ScanMonitor monitor) {
        return new PartsCursor(parts(plan, keys, monitor));
    }

    /**
     * Reads columns of rows by their references, one row for each reference and in that order. References are those that
     * a scan of the same snapshot gave; each row is checked against the pin again.
     */
    BatchCursor fetch(TableSnapshot snapshot, Pin pin, long[] rowReferences, List<String> columns, ScanMonitor monitor);

    /**
     * The links of the files that a plan reads; empty if this source keeps none, or if making those that are missing does
     * not pay yet. They are of the files' rows as they were written: which of these rows a reader may see, and which were
     * deleted, the scan tells. The caller closes them.
     */
    default Optional<LinkedFiles> links(ScanPlan plan, LinkMaker maker, ScanMonitor monitor) {
        return Optional.empty();
    }

    @Override
    void close();
}
