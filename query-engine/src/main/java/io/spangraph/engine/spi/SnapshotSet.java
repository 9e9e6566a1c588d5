package io.spangraph.engine.spi;

import io.spangraph.model.table.TableName;
import java.util.Map;
import java.util.Optional;

/** One snapshot for each table of a query or transaction, chosen together. */
public record SnapshotSet(Map<TableName, TableSnapshot> snapshots) {
    public SnapshotSet {
        snapshots = Map.copyOf(snapshots);
    }

    public TableSnapshot of(TableName table) {
        return Optional.ofNullable(snapshots.get(table))
                .orElseThrow(() -> new IllegalStateException("table " + table + " was not pinned for this query"));
    }
}
