package io.spangraph.lake;

import io.spangraph.lake.run.Damage;
import io.spangraph.lake.table.TableSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What was written.
 *
 * @param catalogFile the SQLite file to open as an Iceberg JDBC catalog
 * @param catalogName the name to open it by
 * @param tables in the order in which they were created
 * @param damagedTraces how many traces are broken in which way, on purpose
 */
public record LakeReport(
        Path catalogFile, String catalogName, List<TableSummary> tables, Map<Damage, Integer> damagedTraces) {

    public LakeReport {
        tables = List.copyOf(tables);
        damagedTraces = Map.copyOf(damagedTraces);
    }

    /** Bytes of all data files. */
    public long bytes() {
        return tables.stream().mapToLong(TableSummary::bytes).sum();
    }
}
