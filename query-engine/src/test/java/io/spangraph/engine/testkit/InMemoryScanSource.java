package io.spangraph.engine.testkit;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.LinkMaker;
import io.spangraph.engine.spi.LinkedFiles;
import io.spangraph.engine.spi.MetadataAnswer;
import io.spangraph.engine.spi.MetadataQuestion;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Tables in memory behind the scan interface. Each table is cut into files that are skipped by their smallest and
 * largest values, as a lake's files are, so that tests see pruning at work without a lake. It promises nothing of a
 * predicate: the whole of it is the residual.
 */
public final class InMemoryScanSource implements ScanSource {
    /** Small, so that small tables have several batches. */
    private static final int BATCH_ROWS = 3;

    private static final long BYTES_OF_A_CELL = 8;

    private final Map<TableName, ReferenceTable> tables = new HashMap<>();
    private final boolean keepsLinks;

    public InMemoryScanSource(Collection<ReferenceTable> tables) {
        this(tables, false);
    }

    private InMemoryScanSource(Collection<ReferenceTable> tables, boolean keepsLinks) {
        tables.forEach(table -> this.tables.put(table.schema().name(), table));
        this.keepsLinks = keepsLinks;
    }

    /** The same tables with links of rows for each scan that asks for them. */
    public static InMemoryScanSource keepingLinks(Collection<ReferenceTable> tables) {
        return new InMemoryScanSource(tables, true);
    }

    /**
     * A scan that knows its files.
     *
     * @param files ordinals of the files that may hold rows of the answer
     */
    private record InMemoryScanPlan(ScanRequest request, List<Integer> files, ScanEstimate estimate)
            implements ScanPlan {
        @Override
        public ScanPredicate residual() {
            return request.predicate();
        }
    }

    @Override
    public Optional<TableSchema> table(TableName name) {
        return Optional.ofNullable(tables.get(name)).map(ReferenceTable::schema);
    }

    @Override
    public List<String> neighbours(TableName name) {
        return tables.keySet().stream().map(TableName::table).sorted().toList();
    }

    @Override
    public SnapshotSet pin(Set<TableName> wanted, SnapshotSelector selector) {
        Map<TableName, TableSnapshot> snapshots = new HashMap<>();
        for (TableName name : wanted) {
            ReferenceTable table = require(name);
            OptionalLong id = table.rows().isEmpty() ? OptionalLong.empty() : OptionalLong.of(1);
            snapshots.put(name, new TableSnapshot(name, id));
        }
        return new SnapshotSet(snapshots);
    }

    @Override
    public ScanPlan plan(ScanRequest request) {
        ReferenceTable table = require(request.snapshot().table());
        List<Integer> files = new ArrayList<>();
        long rows = 0;
        long skippedRows = 0;
        int skipped = 0;
        for (int file = 0; file < fileCount(table); file++) {
            FileStatistics statistics = FileStatistics.of(rowsOf(table, file));
            if (statistics.mayMatch(request.predicate()) && mayBelong(statistics, request.pin())) {
                files.add(file);
                rows += statistics.rows();
            } else {
                skipped++;
                skippedRows += statistics.rows();
            }
        }
        long width = request.columns().size() * BYTES_OF_A_CELL;
        return new InMemoryScanPlan(
                request,
                List.copyOf(files),
                new ScanPlan.ScanEstimate(files.size(), skipped, rows * width, skippedRows * width, rows));
    }

    /** Answers for every file whose rows all count, as only files without deletes can. */
    @Override
    public MetadataAnswer metadata(ScanPlan plan, MetadataQuestion question) {
        InMemoryScanPlan planned = (InMemoryScanPlan) plan;
        ReferenceTable table = require(plan.request().snapshot().table());
        List<List<Value>> answers = new ArrayList<>();
        List<Integer> rest = new ArrayList<>();
        for (int file : planned.files()) {
            List<Map<String, Value>> rows = rowsOf(table, file);
            if (rows.stream()
                    .allMatch(row -> belongs(row, plan.request().pin())
                            && RowMetadata.counts(row, plan.request().predicate(), question.required()))) {
                answers.add(RowMetadata.facts(rows, question));
            } else {
                rest.add(file);
            }
        }
        ScanPlan.ScanEstimate whole = plan.estimate();
        return new MetadataAnswer(
                answers,
                new InMemoryScanPlan(
                        plan.request(),
                        rest,
                        new ScanPlan.ScanEstimate(
                                rest.size(),
                                whole.filesSkipped() + answers.size(),
                                whole.bytes()
                                        * rest.size()
                                        / Math.max(1, planned.files().size()),
                                whole.bytesSkipped(),
                                whole.rows())));
    }

    /** Each file is a part. */
    @Override
    public ScanParts parts(ScanPlan plan, RuntimeKeys keys, ScanMonitor monitor) {
        InMemoryScanPlan planned = (InMemoryScanPlan) plan;
        monitor.filesSkipped(
                planned.estimate().filesSkipped(), planned.estimate().bytesSkipped());
        Queue<Integer> files = new ConcurrentLinkedQueue<>(planned.files());
        return new ScanParts() {
            @Override
            public Optional<BatchCursor> next() {
                return Optional.ofNullable(files.poll()).map(file -> part(planned.request(), file, keys, monitor));
            }

            @Override
            public void close() {
                files.clear();
            }
        };
    }

    private BatchCursor part(ScanRequest request, int file, RuntimeKeys keys, ScanMonitor monitor) {
        ReferenceTable table = require(request.snapshot().table());
        List<Map<String, Value>> ofFile = rowsOf(table, file);
        long bytes = (long) ofFile.size() * request.columns().size() * BYTES_OF_A_CELL;
        List<Integer> rows = new ArrayList<>();
        if (FileStatistics.of(ofFile).mayHold(keys)) {
            monitor.fileRead();
            monitor.rowGroups(1, 0);
            monitor.thinFile();
            monitor.pages(2, 1);
            monitor.cacheUse("footer", true);
            monitor.bytesRead(bytes);
            monitor.rowsRead(ofFile.size());
            for (int i = 0; i < ofFile.size(); i++) {
                if (request.present().stream().noneMatch(isNullIn(ofFile.get(i)))) {
                    rows.add(file * table.rowsPerFile() + i);
                }
            }
        } else {
            monitor.filesSkipped(1, bytes);
            monitor.rowGroups(0, 1);
        }
        return new InMemoryCursor(table, rows, request.columns(), request.rowReferences(), BATCH_ROWS, monitor);
    }

    private static Predicate<String> isNullIn(Map<String, Value> row) {
        return column -> row.getOrDefault(column, Value.NULL).isNull();
    }

    @Override
    public Optional<LinkedFiles> links(ScanPlan plan, LinkMaker maker, ScanMonitor monitor) {
        InMemoryScanPlan planned = (InMemoryScanPlan) plan;
        ReferenceTable table = require(plan.request().snapshot().table());
        return keepsLinks ? Optional.of(new MadeLinks(table, planned.files(), maker, monitor)) : Optional.empty();
    }

    /** Links that are made whenever somebody asks. */
    private record MadeLinks(ReferenceTable table, List<Integer> files, LinkMaker maker, ScanMonitor monitor)
            implements LinkedFiles {
        @Override
        public int count() {
            return files.size();
        }

        @Override
        public OfFile links(int which) {
            int file = files.get(which);
            int first = file * table.rowsPerFile();
            List<Integer> rows = IntStream.range(
                            first, first + rowsOf(table, file).size())
                    .boxed()
                    .toList();
            monitor.cacheUse("links", true);
            return new OfFile(
                    file,
                    maker.make(
                            ScanParts.of(new InMemoryCursor(table, rows, maker.columns(), true, BATCH_ROWS, monitor))));
        }

        @Override
        public void close() {
            // Nothing is held open.
        }
    }

    @Override
    public BatchCursor fetch(
            TableSnapshot snapshot, Pin pin, long[] rowReferences, List<String> columns, ScanMonitor monitor) {
        ReferenceTable table = require(snapshot.table());
        List<Integer> rows = new ArrayList<>();
        for (long reference : rowReferences) {
            int row = RowReference.fileOrdinal(reference) * table.rowsPerFile()
                    + Math.toIntExact(RowReference.position(reference));
            if (!belongs(table.rows().get(row), pin)) {
                throw new IllegalArgumentException("row " + row + " of " + snapshot.table() + " is another tenant's");
            }
            rows.add(row);
        }
        monitor.bytesRead(BYTES_OF_A_CELL * rows.size() * columns.size());
        monitor.rowsRead(rows.size());
        return new InMemoryCursor(table, rows, columns, false, BATCH_ROWS, monitor);
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private ReferenceTable require(TableName name) {
        return Optional.ofNullable(tables.get(name))
                .orElseThrow(() -> QueryException.of(
                        QueryErrorCode.STORAGE_UNAVAILABLE, "There is no table '" + name.shortName() + "'."));
    }

    private static int fileCount(ReferenceTable table) {
        return (table.rows().size() + table.rowsPerFile() - 1) / table.rowsPerFile();
    }

    private static List<Map<String, Value>> rowsOf(ReferenceTable table, int file) {
        int from = file * table.rowsPerFile();
        return table.rows()
                .subList(from, Math.min(from + table.rowsPerFile(), table.rows().size()));
    }

    private static boolean mayBelong(FileStatistics statistics, Pin pin) {
        return !(pin instanceof Pin.Tenant(MappingExpression.ColumnPath owner, String tenant))
                || statistics.mayMatch(new ScanPredicate.In(owner.column(), List.of(Value.of(tenant))));
    }

    private static boolean belongs(Map<String, Value> row, Pin pin) {
        return !(pin instanceof Pin.Tenant(MappingExpression.ColumnPath owner, String tenant))
                || row.getOrDefault(owner.column(), Value.NULL).equals(Value.of(tenant));
    }
}
