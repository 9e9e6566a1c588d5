package io.spangraph.lake.table;

import io.spangraph.iceberg.catalog.LocalFileIO;
import io.spangraph.lake.run.Agent;
import io.spangraph.lake.run.GeneratedTrace;
import io.spangraph.lake.run.PayloadRenderer;
import io.spangraph.lake.run.TraceGenerator;
import io.spangraph.lake.run.TracePlan;
import io.spangraph.lake.run.Vocabulary;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * The tables of a lake that is being written. A bucket is written by one thread and needs nothing of the others, so
 * several may be written at once; only commits are made one after the other.
 */
public final class LakeTables implements AutoCloseable {

    /** The name under which the tables are registered; readers must open the catalog by the same name. */
    public static final String CATALOG_NAME = "lake";

    private final ClawTraceTables layout;
    private final JdbcCatalog catalog;
    private final Map<String, Table> tables = new LinkedHashMap<>();

    private LakeTables(ClawTraceTables layout, JdbcCatalog catalog) {
        this.layout = layout;
        this.catalog = catalog;
    }

    /** Creates the catalog in an SQLite file and the empty tables below the warehouse folder. */
    public static LakeTables create(Path catalogFile, Path warehouse, int buckets, int rowGroupBytes) {
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.initialize(
                CATALOG_NAME,
                Map.of(
                        CatalogProperties.URI,
                        "jdbc:sqlite:" + catalogFile,
                        CatalogProperties.WAREHOUSE_LOCATION,
                        warehouse.toString(),
                        CatalogProperties.FILE_IO_IMPL,
                        LocalFileIO.class.getName(),
                        JdbcCatalog.PROPERTY_PREFIX + "schema-version",
                        "V1"));
        LakeTables lake = new LakeTables(new ClawTraceTables(rowGroupBytes), catalog);
        catalog.createNamespace(TableDefinition.NAMESPACE);
        lake.layout.all().forEach(definition -> lake.tables.put(definition.name(), lake.create(definition, buckets)));
        return lake;
    }

    /** Names of the tables in the layout of the lake. */
    public static List<String> names() {
        return new ClawTraceTables(1).all().stream().map(TableDefinition::name).toList();
    }

    /** Writes and commits the tenants and their agents, those without traces too. */
    public void writeOwners(List<String> tenants) {
        List<String> sorted = tenants.stream().sorted(TextOrder.UTF_8).toList();
        RowWriter tenantRows = open(layout.tenants(), 0);
        RowWriter agentRows = open(layout.agents(), 0);
        try (tenantRows;
                agentRows) {
            for (String tenant : sorted) {
                tenantRows.put(tenant).endRow();
                Stream.concat(Vocabulary.activeAgents(tenant).stream(), Stream.of(Vocabulary.idleAgent(tenant)))
                        .map(Agent::id)
                        .sorted(TextOrder.UTF_8)
                        .forEach(agent -> agentRows.put(tenant).put(agent).endRow());
            }
        }
        commit(List.of(new BucketFiles(Map.of(
                layout.tenants().name(), tenantRows.dataFile(), layout.agents().name(), agentRows.dataFile()))));
    }

    /**
     * Writes the traces of one bucket to all tables that hold traces.
     *
     * @param spansWritten is told the number of span rows after each trace, and may throw to stop the writing
     */
    public BucketFiles writeBucket(
            int bucket,
            List<TracePlan> plans,
            TraceGenerator generator,
            PayloadRenderer renderer,
            LongConsumer spansWritten) {
        RowWriter traces = open(layout.traces(), bucket);
        RowWriter spans = open(layout.spans(), bucket);
        RowWriter edges = open(layout.edges(), bucket);
        RowWriter events = open(layout.events(), bucket);
        try (traces;
                spans;
                edges;
                events) {
            TraceRows traceRows = new TraceRows(renderer);
            EventRows eventRows = new EventRows(traceRows);
            for (TracePlan plan : plans) {
                GeneratedTrace trace = generator.generate(plan);
                traceRows.writeTrace(trace, traces);
                traceRows.writeSpans(trace, spans);
                traceRows.writeEdges(trace, edges);
                eventRows.write(trace, events);
                spansWritten.accept(trace.rows().size());
            }
        }
        return new BucketFiles(Map.of(
                layout.traces().name(), traces.dataFile(),
                layout.spans().name(), spans.dataFile(),
                layout.edges().name(), edges.dataFile(),
                layout.events().name(), events.dataFile()));
    }

    /** Adds files to their tables, one snapshot for each table that gets any. */
    public void commit(List<BucketFiles> buckets) {
        tables.forEach((name, table) -> {
            List<DataFile> files = buckets.stream()
                    .flatMap(bucket -> Stream.ofNullable(bucket.byTable().get(name)))
                    .filter(file -> file.recordCount() > 0)
                    .sorted(Comparator.comparing(DataFile::location))
                    .toList();
            if (!files.isEmpty()) {
                AppendFiles append = table.newFastAppend();
                files.forEach(append::appendFile);
                append.commit();
            }
        });
    }

    public List<TableSummary> summaries() {
        return tables.entrySet().stream()
                .map(entry -> summary(TableDefinition.NAMESPACE + "." + entry.getKey(), entry.getValue()))
                .toList();
    }

    private static TableSummary summary(String name, Table table) {
        Map<String, String> totals = table.currentSnapshot().summary();
        List<Long> snapshots = StreamSupport.stream(table.snapshots().spliterator(), false)
                .map(Snapshot::snapshotId)
                .toList();
        return new TableSummary(
                name,
                Long.parseLong(totals.get(SnapshotSummary.TOTAL_RECORDS_PROP)),
                Integer.parseInt(totals.get(SnapshotSummary.TOTAL_DATA_FILES_PROP)),
                Long.parseLong(totals.get(SnapshotSummary.TOTAL_FILE_SIZE_PROP)),
                snapshots);
    }

    private Table create(TableDefinition definition, int buckets) {
        return catalog.buildTable(definition.identifier(), definition.schema())
                .withPartitionSpec(definition.partitionSpec(buckets))
                .withSortOrder(definition.sortOrder())
                .withProperties(definition.properties())
                .create();
    }

    private RowWriter open(TableDefinition definition, int bucket) {
        return RowWriter.open(Objects.requireNonNull(tables.get(definition.name())), bucket);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
