package io.spangraph.iceberg.memory;

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
import io.spangraph.iceberg.IcebergScanSource;
import io.spangraph.iceberg.ScanSettings;
import io.spangraph.model.table.TableName;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** One table in memory and the source over it. */
public final class MemoryLake implements AutoCloseable {
    static final String CATALOG = "lake";
    private static final Namespace NAMESPACE = Namespace.of("silver");
    private static final String TABLE = "rows";

    /** As queries name the table. */
    public static final TableName NAME = new TableName(CATALOG, List.of("silver"), TABLE);

    private final MemoryStorage storage;
    private final MemoryCatalog catalog;
    private final ScanSettings settings;
    private IcebergScanSource source;

    public MemoryLake(boolean ranges) {
        this(ranges, ScanSettings.DEFAULTS);
    }

    public MemoryLake(boolean ranges, ScanSettings settings) {
        this.storage = new MemoryStorage(ranges);
        this.catalog = new MemoryCatalog(storage);
        this.settings = settings;
        catalog.createNamespace(NAMESPACE);
        this.source = open();
    }

    private IcebergScanSource open() {
        return IcebergScanSource.over(Map.of(CATALOG, catalog), settings);
    }

    public Table create(Schema schema, PartitionSpec spec, Map<String, String> properties) {
        return catalog.createTable(TableIdentifier.of(NAMESPACE, TABLE), schema, spec, properties);
    }

    public MemoryStorage storage() {
        return storage;
    }

    public IcebergScanSource source() {
        return source;
    }

    /** A source that has read nothing yet. The former one stays open: closing it would close the catalog. */
    public void forget() {
        source = open();
    }

    public TableSnapshot pin() {
        return source.pin(Set.of(NAME), new SnapshotSelector.Current()).of(NAME);
    }

    public static ScanMonitor monitor() {
        return new ScanMonitor(Cancellation.after(Duration.ofMinutes(5)));
    }

    /** What a scan answered, and what it cost. */
    public record Scan(ScanPlan plan, List<List<Value>> rows, ScanMonitor.ScanCounts counts) {}

    public Scan scan(ScanPredicate predicate, List<String> columns) {
        return scan(new ScanRequest(pin(), new Pin.All(), predicate, columns, false), RuntimeKeys.NONE);
    }

    public Scan scan(ScanRequest request, RuntimeKeys keys) {
        ScanMonitor monitor = monitor();
        ScanPlan plan = source.plan(request);
        try (BatchCursor cursor = source.open(plan, keys, monitor)) {
            return new Scan(plan, rows(cursor), monitor.counts());
        }
    }

    public static List<List<Value>> rows(BatchCursor cursor) {
        List<List<Value>> rows = new ArrayList<>();
        while (cursor.advance()) {
            RowBatch batch = cursor.batch();
            for (int row = 0; row < batch.rowCount(); row++) {
                List<Value> values = new ArrayList<>();
                for (int column = 0; column < batch.columns().size(); column++) {
                    Value value = batch.value(row, column);
                    if (batch.column(column).isNull(batch.physicalRow(row)) != value.isNull()) {
                        throw new AssertionError("column " + column + " contradicts itself about null: " + value);
                    }
                    values.add(value);
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
