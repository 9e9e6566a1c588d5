package io.spangraph.iceberg;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.LinkMaker;
import io.spangraph.engine.spi.LinkedFiles;
import io.spangraph.engine.spi.MetadataAnswer;
import io.spangraph.engine.spi.MetadataQuestion;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.iceberg.catalog.ColumnTypes;
import io.spangraph.iceberg.catalog.ExpiredSnapshots;
import io.spangraph.iceberg.catalog.IcebergCatalogs;
import io.spangraph.iceberg.catalog.TableState;
import io.spangraph.iceberg.catalog.Tables;
import io.spangraph.iceberg.plan.FetchPlan;
import io.spangraph.iceberg.plan.IcebergScanPlan;
import io.spangraph.iceberg.plan.MetadataAnswers;
import io.spangraph.iceberg.plan.ScanPlanner;
import io.spangraph.iceberg.plan.SnapshotChoice;
import io.spangraph.iceberg.plan.SnapshotPlans;
import io.spangraph.iceberg.plan.TableColumns;
import io.spangraph.iceberg.read.FileReader;
import io.spangraph.iceberg.read.GenericFileReader;
import io.spangraph.iceberg.read.KeptLinks;
import io.spangraph.iceberg.read.RowFetch;
import io.spangraph.iceberg.read.ScanFiles;
import io.spangraph.iceberg.read.thin.ParquetFileReader;
import io.spangraph.model.schema.GraphSchema.CatalogMapping;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.types.Types.NestedField;

/** Apache Iceberg tables as the source of scans. */
public final class IcebergScanSource implements ScanSource {
    private static final int PINNED_STATES = 100;
    private static final Duration PINNED_FOR = Duration.ofMinutes(30);

    private final IcebergCatalogs catalogs;
    private final Tables tables;
    private final ExpiredSnapshots expired;
    private final ScanSettings settings;
    private final ScanPlanner planner;
    private final ScanCache cache;
    private final FileReader reader;
    /** The columns that were handed out, and so the ones that a mapping was checked against. */
    private final Map<TableName, TableSchema> validated = new ConcurrentHashMap<>();

    /** The states that running queries have chosen, as their columns: later changes of a table do not reach them. */
    private final Cache<TableSnapshot, TableColumns> pinned = Caffeine.newBuilder()
            .maximumSize(PINNED_STATES)
            .expireAfterAccess(PINNED_FOR)
            .build();

    private IcebergScanSource(IcebergCatalogs catalogs, ScanSettings settings, ScanCache cache) {
        this.catalogs = catalogs;
        this.tables = new Tables(catalogs);
        this.expired = new ExpiredSnapshots(tables);
        this.settings = settings;
        this.planner = new ScanPlanner(new SnapshotPlans(settings.planCacheBytes(), settings.maxFilesPerTable()));
        this.cache = cache;
        this.reader = new ParquetFileReader(new GenericFileReader(), settings.coalesceGapBytes());
    }

    /** Over the catalogs of a mapping, each opened at its first use. */
    public static IcebergScanSource open(Map<String, CatalogMapping> catalogs, ScanSettings settings) {
        return open(catalogs, settings, settings.newCache());
    }

    /** As {@link #open(Map, ScanSettings)}, with a cache that the caller watches or shares. */
    public static IcebergScanSource open(Map<String, CatalogMapping> catalogs, ScanSettings settings, ScanCache cache) {
        return new IcebergScanSource(IcebergCatalogs.of(catalogs), settings, cache);
    }

    /** Over catalogs that the caller has opened; closing the source closes them. */
    public static IcebergScanSource over(Map<String, Catalog> catalogs, ScanSettings settings) {
        return over(catalogs, settings, settings.newCache());
    }

    /** As {@link #over(Map, ScanSettings)}, with a cache that the caller watches or shares. */
    public static IcebergScanSource over(Map<String, Catalog> catalogs, ScanSettings settings, ScanCache cache) {
        return new IcebergScanSource(IcebergCatalogs.ofOpened(catalogs), settings, cache);
    }

    @Override
    public Optional<TableSchema> table(TableName name) {
        Optional<TableSchema> found =
                tables.find(name, Duration.ZERO).map(state -> ColumnTypes.schema(name, state.schema()));
        found.filter(schema -> validated.putIfAbsent(name, schema) == null)
                .ifPresent(schema -> pinned.asMap()
                        .replaceAll((snapshot, columns) ->
                                snapshot.table().equals(name) ? columnsOf(columns.table()) : columns));
        return found;
    }

    @Override
    public Optional<TableSchema> table(TableSnapshot snapshot) {
        return Optional.of(columnsOf(snapshot).schema());
    }

    @Override
    public List<String> neighbours(TableName name) {
        return tables.neighbours(name);
    }

    @Override
    public SnapshotSet pin(Set<TableName> names, SnapshotSelector selector) {
        try {
            return pin(names, selector, settings.freshness());
        } catch (QueryException unknown) {
            // What is asked for by name may have been committed or tagged after the catalog was asked last.
            if (unknown.code() != QueryErrorCode.ARGUMENT_ERROR
                    || settings.freshness().isZero()) {
                throw unknown;
            }
            return pin(names, selector, Duration.ZERO);
        }
    }

    private SnapshotSet pin(Set<TableName> names, SnapshotSelector selector, Duration freshness) {
        Map<TableName, TableState> states = new TreeMap<>();
        names.forEach(name -> states.put(name, tables.require(name, freshness)));
        SnapshotSet chosen = SnapshotChoice.choose(states, selector);
        states.forEach((name, state) -> {
            TableColumns known = pinned.getIfPresent(chosen.of(name));
            if (known == null || known.table() != state) {
                pinned.put(chosen.of(name), columnsOf(state));
            }
        });
        return chosen;
    }

    private TableColumns columnsOf(TableState state) {
        return new TableColumns(state, Optional.ofNullable(validated.get(state.name())));
    }

    private TableColumns columnsOf(TableSnapshot snapshot) {
        return pinned.get(snapshot, unused -> columnsOf(tables.known(snapshot.table())));
    }

    @Override
    public ScanPlan plan(ScanRequest request) {
        TableColumns columns = columnsOf(request.snapshot());
        return expired.watch(columns.table(), request.snapshot(), () -> planner.plan(columns, request));
    }

    private static IcebergScanPlan own(ScanPlan plan) {
        if (plan instanceof IcebergScanPlan own) {
            return own;
        }
        throw new IllegalArgumentException("a plan of another source: " + plan.getClass());
    }

    @Override
    public MetadataAnswer metadata(ScanPlan plan, MetadataQuestion question) {
        return MetadataAnswers.of(own(plan), question);
    }

    @Override
    public ScanParts parts(ScanPlan plan, RuntimeKeys keys, ScanMonitor monitor) {
        IcebergScanPlan own = own(plan);
        return expired.watch(
                own.table(),
                own.request().snapshot(),
                new ScanFiles(planner.narrow(own, keys), keys, reader, cache, monitor));
    }

    @Override
    public Optional<LinkedFiles> links(ScanPlan plan, LinkMaker maker, ScanMonitor monitor) {
        IcebergScanPlan own = own(plan);
        TableSnapshot snapshot = own.request().snapshot();
        TableColumns known = columnsOf(snapshot);
        List<NestedField> columns =
                maker.columns().stream().map(known::readable).toList();
        return KeptLinks.of(own, columns, maker, reader, cache, monitor)
                .map(links -> expired.watch(own.table(), snapshot, links));
    }

    @Override
    public BatchCursor fetch(
            TableSnapshot snapshot, Pin pin, long[] rowReferences, List<String> columns, ScanMonitor monitor) {
        TableColumns known = columnsOf(snapshot);
        FetchPlan fetch =
                expired.watch(known.table(), snapshot, () -> planner.planFetch(known, snapshot, pin, columns));
        return expired.watch(known.table(), snapshot, new RowFetch(fetch, rowReferences, reader, cache, monitor));
    }

    @Override
    public void close() {
        tables.close();
        catalogs.close();
    }
}
