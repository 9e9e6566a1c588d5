package io.spangraph.lake.table;

import java.util.List;

/**
 * What a table of the finished lake holds.
 *
 * @param name the table with its namespace
 * @param snapshots ids, the oldest first
 */
public record TableSummary(String name, long rows, int files, long bytes, List<Long> snapshots) {

    public TableSummary {
        snapshots = List.copyOf(snapshots);
    }
}
