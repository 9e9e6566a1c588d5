package io.spangraph.iceberg.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.iceberg.PredicateOracle;
import io.spangraph.iceberg.memory.MemoryLake;
import io.spangraph.iceberg.memory.MemoryStorage;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Whether scans of a table answer what Iceberg's own reader says it holds: rows, their order and their references, bytes
 * counted as asked of storage, and nothing left open.
 */
final class EquivalenceCheck {
    private static final int FETCHED = 40;

    private final MemoryStorage storage;
    private final ScanSource source;
    private final TableSnapshot snapshot;
    private final List<GenericRows.Row> rows;
    private final Random random;
    private int answers;
    private long thinFiles;
    private long filesRead;

    /** @param rows what the table holds */
    EquivalenceCheck(MemoryLake lake, ScanSource source, List<GenericRows.Row> rows, Random random) {
        this.storage = lake.storage();
        this.source = source;
        this.snapshot = source.pin(Set.of(MemoryLake.NAME), new io.spangraph.engine.spi.SnapshotSelector.Current())
                .of(MemoryLake.NAME);
        this.rows = rows;
        this.random = random;
    }

    /** How many files were decoded here, and not given to Iceberg's own reader. */
    long thinFiles() {
        return thinFiles;
    }

    /** How many files were read. */
    long filesRead() {
        return filesRead;
    }

    /** How many answers had rows. */
    int answers() {
        return answers;
    }

    void check(RandomQuery query) {
        ScanRequest request = request(query, query.columns());
        ScanPlan plan = source.plan(request);
        if (!plan.residual().equals(ScanPredicate.TRUE) || !query.keys().equals(RuntimeKeys.NONE)) {
            Set<String> columns = new LinkedHashSet<>(query.columns());
            columnsOf(plan.residual(), columns);
            query.keys().keySets().forEach(keys -> columns.add(keys.column()));
            request = request(query, List.copyOf(columns));
            plan = source.plan(request);
        }
        List<GenericRows.Row> allowed = rows.stream()
                .filter(row -> PredicateOracle.holds(query.predicate(), row::value) && isOwn(query.pin(), row))
                .toList();
        List<GenericRows.Row> expected =
                allowed.stream().filter(row -> hasKey(query.keys(), row)).toList();
        List<List<Value>> found = read(query, request, plan);
        List<String> columns = request.columns();
        boolean references = request.rowReferences();
        if (!query.keys().equals(RuntimeKeys.NONE)) {
            Set<List<Value>> mayCome = new HashSet<>(values(allowed, columns, references));
            assertThat(found.stream().filter(row -> !mayCome.contains(row)).findFirst())
                    .as("a row that the predicate excludes")
                    .isEmpty();
            found = found.stream()
                    .filter(row -> hasKey(query.keys(), name -> row.get(columns.indexOf(name))))
                    .toList();
        }
        assertSame("scanned " + columns, found, values(expected, columns, references));
        answers += found.isEmpty() ? 0 : 1;
        fetch(query, expected);
        if (random.nextInt(5) == 0) {
            closeEarly(query, plan);
        }
    }

    /** Says where two lists of rows part, as all of them would be too much to read. */
    static void assertSame(String what, List<List<Value>> found, List<List<Value>> expected) {
        if (found.equals(expected)) {
            return;
        }
        int at = 0;
        while (at < Math.min(found.size(), expected.size()) && found.get(at).equals(expected.get(at))) {
            at++;
        }
        throw new AssertionError(what + ": " + found.size() + " rows instead of " + expected.size() + ", row " + at
                + " is\n    " + (at < found.size() ? found.get(at) : "missing") + "\n  instead of\n    "
                + (at < expected.size() ? expected.get(at) : "nothing"));
    }

    private ScanRequest request(RandomQuery query, List<String> columns) {
        boolean references = query.references() || query.threads() > 1;
        return new ScanRequest(snapshot, query.pin(), query.predicate(), columns, references);
    }

    private static List<List<Value>> values(List<GenericRows.Row> rows, List<String> columns, boolean references) {
        return rows.stream()
                .map(row -> {
                    List<Value> values = new ArrayList<>();
                    columns.forEach(column -> values.add(row.value(column)));
                    if (references) {
                        values.add(Value.of(row.reference()));
                    }
                    return List.copyOf(values);
                })
                .toList();
    }

    private List<List<Value>> read(RandomQuery query, ScanRequest request, ScanPlan plan) {
        ScanMonitor monitor = MemoryLake.monitor();
        long before = storage.bytes();
        List<List<Value>> found =
                query.threads() == 1 ? readByOne(query, plan, monitor) : readBySeveral(query, plan, monitor);
        closed(monitor, before);
        List<String> columns = request.columns();
        return found.stream()
                .filter(row -> PredicateOracle.holds(plan.residual(), name -> row.get(columns.indexOf(name))))
                .toList();
    }

    private List<List<Value>> readByOne(RandomQuery query, ScanPlan plan, ScanMonitor monitor) {
        try (BatchCursor cursor = source.open(plan, query.keys(), monitor)) {
            return MemoryLake.rows(cursor);
        }
    }

    /** Parts in several threads, and the rows in the order of their references again. */
    private List<List<Value>> readBySeveral(RandomQuery query, ScanPlan plan, ScanMonitor monitor) {
        List<List<Value>> found = new ArrayList<>();
        try (ScanParts parts = source.parts(plan, query.keys(), monitor);
                ExecutorService threads = Executors.newFixedThreadPool(query.threads())) {
            List<Future<List<List<Value>>>> read = IntStream.range(0, query.threads())
                    .mapToObj(i -> threads.submit(() -> readParts(parts)))
                    .toList();
            for (Future<List<List<Value>>> part : read) {
                found.addAll(part.get());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a thread failed: " + e.getCause(), e);
        }
        found.sort(Comparator.comparingLong(row -> ((Value.IntegerValue) row.getLast()).value()));
        return found;
    }

    private static List<List<Value>> readParts(ScanParts parts) {
        List<List<Value>> found = new ArrayList<>();
        for (Optional<BatchCursor> part = parts.next(); part.isPresent(); part = parts.next()) {
            try (BatchCursor cursor = part.get()) {
                found.addAll(MemoryLake.rows(cursor));
            }
        }
        return found;
    }

    /** Bytes were counted as they were asked for, and every stream is closed. */
    private void closed(ScanMonitor monitor, long before) {
        assertThat(monitor.counts().bytesRead()).as("bytes read").isEqualTo(storage.bytes() - before);
        assertThat(storage.open()).as("open streams").isZero();
        thinFiles += monitor.counts().reader().thinFiles();
        filesRead += monitor.counts().filesRead();
    }

    /** Some of the rows again, by their references. */
    private void fetch(RandomQuery query, List<GenericRows.Row> expected) {
        List<GenericRows.Row> wanted = new ArrayList<>();
        int count = expected.isEmpty() ? 0 : random.nextInt(FETCHED);
        for (int i = 0; i < count; i++) {
            wanted.add(expected.get(random.nextInt(expected.size())));
        }
        long[] references =
                wanted.stream().mapToLong(GenericRows.Row::reference).toArray();
        ScanMonitor monitor = MemoryLake.monitor();
        long before = storage.bytes();
        try (BatchCursor cursor = source.fetch(snapshot, query.pin(), references, query.columns(), monitor)) {
            assertSame("fetched", MemoryLake.rows(cursor), values(wanted, query.columns(), false));
        }
        closed(monitor, before);
    }

    /** As a LIMIT does. */
    private void closeEarly(RandomQuery query, ScanPlan plan) {
        ScanMonitor monitor = MemoryLake.monitor();
        long before = storage.bytes();
        try (BatchCursor cursor = source.open(plan, query.keys(), monitor)) {
            cursor.advance();
        }
        closed(monitor, before);
    }

    private static boolean isOwn(Pin pin, GenericRows.Row row) {
        return switch (pin) {
            case Pin.All all -> true;
            case Pin.Public everyone -> true;
            case Pin.Tenant(ColumnPath(String column, List<String> fields), String tenant) ->
                row.value(column).equals(Value.of(tenant));
            case Pin.Tenant tenant -> throw new IllegalArgumentException("no column: " + tenant);
        };
    }

    private static boolean hasKey(RuntimeKeys keys, GenericRows.Row row) {
        return hasKey(keys, row::value);
    }

    private static boolean hasKey(RuntimeKeys keys, java.util.function.Function<String, Value> row) {
        return keys.keySets().stream()
                .allMatch(set -> set.values().stream()
                        .anyMatch(key ->
                                Values.equal(row.apply(set.column()), key).equals(Optional.of(true))));
    }

    private static void columnsOf(ScanPredicate predicate, Set<String> columns) {
        switch (predicate) {
            case ScanPredicate.And(List<ScanPredicate> operands) ->
                operands.forEach(operand -> columnsOf(operand, columns));
            case ScanPredicate.Or(List<ScanPredicate> operands) ->
                operands.forEach(operand -> columnsOf(operand, columns));
            case ScanPredicate.Compare compare -> columns.add(compare.column());
            case ScanPredicate.In in -> columns.add(in.column());
            case ScanPredicate.IsNull isNull -> columns.add(isNull.column());
            case ScanPredicate.IsNotNull isNotNull -> columns.add(isNotNull.column());
            case ScanPredicate.StartsWith startsWith -> columns.add(startsWith.column());
        }
    }
}
