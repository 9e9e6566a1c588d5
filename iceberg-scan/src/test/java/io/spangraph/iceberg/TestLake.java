package io.spangraph.iceberg;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.table.TableName;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;

/** A catalog with tables, the source over it, and short ways to scan them. */
final class TestLake implements AutoCloseable {
    static final String CATALOG = "lake";
    static final Namespace NAMESPACE = Namespace.of("silver");

    private final Catalog catalog;
    private final IcebergScanSource source;

    TestLake(Catalog catalog) {
        this(catalog, ScanSettings.DEFAULTS);
    }

    TestLake(Catalog catalog, ScanSettings settings) {
        this.catalog = catalog;
        ((SupportsNamespaces) catalog).createNamespace(NAMESPACE, Map.of());
        this.source = IcebergScanSource.over(Map.of(CATALOG, catalog), settings);
    }

    IcebergScanSource source() {
        return source;
    }

    Catalog catalog() {
        return catalog;
    }

    static TableName name(String table) {
        return new TableName(CATALOG, List.of("silver"), table);
    }

    TestTable create(String table, Schema schema) {
        return create(table, schema, PartitionSpec.unpartitioned(), Map.of("format-version", "2"));
    }

    TestTable create(String table, Schema schema, PartitionSpec spec, Map<String, String> properties) {
        return new TestTable(
                name(table), catalog.createTable(TableIdentifier.of(NAMESPACE, table), schema, spec, properties));
    }

    TableSnapshot pin(TestTable table) {
        return pin(table, new SnapshotSelector.Current());
    }

    TableSnapshot pin(TestTable table, SnapshotSelector selector) {
        return source.pin(Set.of(table.name()), selector).of(table.name());
    }

    static ScanMonitor monitor() {
        return new ScanMonitor(Cancellation.after(Duration.ofMinutes(5)));
    }

    /** What a scan answered, and what it cost. */
    record Scan(ScanPlan plan, List<List<Value>> rows, ScanMonitor.ScanCounts counts) {
        List<Value> column(int position) {
            return rows.stream().map(row -> row.get(position)).toList();
        }
    }

    Scan scan(TestTable table, ScanPredicate predicate, String... columns) {
        return scan(new ScanRequest(pin(table), new Pin.All(), predicate, List.of(columns), false), RuntimeKeys.NONE);
    }

    Scan scan(ScanRequest request, RuntimeKeys keys) {
        ScanMonitor monitor = monitor();
        ScanPlan plan = source.plan(request);
        try (BatchCursor cursor = source.open(plan, keys, monitor)) {
            return new Scan(plan, rows(cursor), monitor.counts());
        }
    }

    static List<List<Value>> rows(BatchCursor cursor) {
        List<List<Value>> rows = new ArrayList<>();
        while (cursor.advance()) {
            RowBatch batch = cursor.batch();
            for (int row = 0; row < batch.rowCount(); row++) {
                List<Value> values = new ArrayList<>();
                for (int column = 0; column < batch.columns().size(); column++) {
                    values.add(batch.value(row, column));
                }
                rows.add(List.copyOf(values));
            }
        }
        return rows;
    }

    @Override
    public void close() {
        source.close();
    }
}
