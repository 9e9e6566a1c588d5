package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.table.TableName;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Readers beside a process that changes the table all the time: each answer is that of exactly the snapshot which was
 * chosen for it, or the error that this snapshot has expired. A minute, or ten with {@code -Dfull=true}.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ConcurrentWriterTest {
    private static final Duration DURATION =
            Boolean.getBoolean("full") ? Duration.ofMinutes(10) : Duration.ofSeconds(Long.getLong("seconds", 60));
    private static final long SEED = Long.getLong("seed", 20_261_121);
    private static final int READERS = 3;
    private static final TableName LEDGER = TestLake.name(ConcurrentWriter.TABLE);
    private static final TableIdentifier IDENTIFIER = TableIdentifier.of(TestLake.NAMESPACE, ConcurrentWriter.TABLE);
    private static final List<String> COLUMNS = List.of("commit", "key", "amount");

    @TempDir
    private Path folder;

    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger expired = new AtomicInteger();
    private final Set<Long> snapshots = ConcurrentHashMap.newKeySet();
    private final Map<Long, Content> known = new ConcurrentHashMap<>();

    /** What a snapshot holds. */
    private record Content(long rows, long sum, long fingerprint) {
        static final Content NOTHING = new Content(0, 0, 0);

        Content and(Content other) {
            return new Content(rows + other.rows, sum + other.sum, fingerprint + other.fingerprint);
        }
    }

    private Optional<Process> writer = Optional.empty();

    @Test
    void answersAreThoseOfOneSnapshot() throws Exception {
        try (JdbcCatalog setup = ConcurrentWriter.catalog(folder)) {
            setup.createNamespace(TestLake.NAMESPACE, Map.of());
            setup.createTable(
                    IDENTIFIER,
                    ConcurrentWriter.LEDGER,
                    PartitionSpec.unpartitioned(),
                    Map.of("format-version", "2", "write.parquet.page-row-limit", "50"));
        }
        Process process = startWriter();
        writer = Optional.of(process);
        try {
            awaitCommits(6);
            read();
        } finally {
            process.destroyForcibly().waitFor();
        }
        System.out.printf(
                "seed %d: %d commits, %d answers of %d snapshots, %d expired under a reader%n",
                SEED, log().size(), answers.get(), snapshots.size(), expired.get());
        assertThat(hasSeenEnough()).isTrue();
    }

    private Process startWriter() throws IOException {
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                ConcurrentWriter.class.getName(),
                folder.toString(),
                folder.resolve("log").toString(),
                Long.toString(SEED));
        process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return process.redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    private List<String> log() throws IOException {
        Path log = folder.resolve("log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private void awaitCommits(int commits) {
        await().atMost(Duration.ofMinutes(2)).until(() -> log().size() >= commits || !isWriting());
    }

    private boolean isWriting() {
        return writer.filter(Process::isAlive).isPresent();
    }

    private void read() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS);
                JdbcCatalog catalog = ConcurrentWriter.catalog(folder);
                IcebergScanSource eager = source(Duration.ZERO);
                IcebergScanSource patient = source(Duration.ofMillis(500))) {
            long end = System.nanoTime() + DURATION.toNanos();
            List<Future<?>> readers = new ArrayList<>();
            for (int number = 0; number < READERS; number++) {
                SplittableRandom random = new SplittableRandom(SEED + number);
                readers.add(threads.submit(() -> {
                    while (System.nanoTime() < end || !hasSeenEnough()) {
                        assertThat(isWriting()).as("the writer goes on").isTrue();
                        read(random.nextBoolean() ? eager : patient, catalog, random);
                    }
                    return null;
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        } catch (Exception e) {
            String output = Files.readString(folder.resolve("output"));
            throw new AssertionError("seed " + SEED + ": " + e + "; the writer said: " + output, e);
        }
    }

    /** On a slow machine it takes longer than the time that was meant. */
    private boolean hasSeenEnough() {
        return snapshots.size() > 10 && expired.get() > 0;
    }

    private IcebergScanSource source(Duration freshness) {
        return IcebergScanSource.over(
                Map.of(TestLake.CATALOG, ConcurrentWriter.catalog(folder)),
                ScanSettings.DEFAULTS.withFreshness(freshness));
    }

    private void read(IcebergScanSource source, JdbcCatalog catalog, SplittableRandom random) throws IOException {
        SnapshotSelector selector = selector(random);
        TableSnapshot snapshot;
        try {
            snapshot = source.pin(Set.of(LEDGER), selector).of(LEDGER);
        } catch (QueryException e) {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(QueryErrorCode.ARGUMENT_ERROR);
            assertThat(selector).isInstanceOf(SnapshotSelector.SnapshotId.class);
            assertGone(catalog, ((SnapshotSelector.SnapshotId) selector).id(), e);
            return;
        }
        long id = snapshot.snapshotId().orElseThrow();
        try {
            Content content = content(source, snapshot, random);
            assertThat(content).as("snapshot %d by %s", id, selector).isEqualTo(expected(id));
            answers.incrementAndGet();
            snapshots.add(id);
        } catch (QueryException e) {
            assertThat(e).hasMessage("Snapshot " + id + " of table '" + LEDGER + "' is not there any more.");
            assertThat(e.code()).isEqualTo(QueryErrorCode.STORAGE_UNAVAILABLE);
            assertThat(e.hint().orElseThrow()).contains("Run the query again");
            assertGone(catalog, id, e);
            expired.incrementAndGet();
        }
    }

    private SnapshotSelector selector(SplittableRandom random) throws IOException {
        return switch (random.nextInt(6)) {
            case 0 -> new SnapshotSelector.Ref(ConcurrentWriter.KEPT);
            case 1 -> new SnapshotSelector.Ref(ConcurrentWriter.AUDIT);
            case 2 -> {
                List<String> lines = log();
                String line = lines.get(lines.size() - 1 - random.nextInt(Math.min(5, lines.size())));
                yield new SnapshotSelector.SnapshotId(Long.parseLong(line.substring(0, line.indexOf(' '))));
            }
            default -> new SnapshotSelector.Current();
        };
    }

    /** An error is only right where the catalog has let go of the snapshot. */
    private static void assertGone(JdbcCatalog catalog, long id, QueryException error) {
        Table table = catalog.loadTable(IDENTIFIER);
        assertThat(Optional.ofNullable(table.snapshot(id)))
                .as("snapshot %d, for which a reader was told: %s", id, error.getMessage())
                .isEmpty();
    }

    /** The writer logs a snapshot right after it has committed it. */
    private Content expected(long id) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            for (String line : log()) {
                String[] fields = line.split(" ");
                if (fields.length == 5) {
                    known.putIfAbsent(
                            Long.parseLong(fields[0]),
                            new Content(
                                    Long.parseLong(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[3])));
                }
            }
            return known.containsKey(id) || !isWriting();
        });
        return Optional.ofNullable(known.get(id)).orElseThrow();
    }

    /** All rows of the snapshot, in one of the ways in which they can be read. */
    private Content content(IcebergScanSource source, TableSnapshot snapshot, SplittableRandom random)
            throws IOException {
        long border = random.nextInt(5_000);
        return switch (random.nextInt(8)) {
            case 0, 1 -> scan(source, snapshot, ScanPredicate.TRUE);
            case 2, 3 ->
                scan(source, snapshot, new ScanPredicate.Compare("key", CompareOperator.LESS, Value.of(border)))
                        .and(scan(
                                source,
                                snapshot,
                                new ScanPredicate.Compare("key", CompareOperator.GREATER_OR_EQUAL, Value.of(border))));
            case 4, 5, 6 -> fetched(source, snapshot);
            default -> hesitant(source, snapshot);
        };
    }

    private static ScanRequest request(
            TableSnapshot snapshot, ScanPredicate predicate, List<String> columns, boolean references) {
        return new ScanRequest(snapshot, new Pin.All(), predicate, columns, references);
    }

    private static Content scan(IcebergScanSource source, TableSnapshot snapshot, ScanPredicate predicate) {
        ScanPlan plan = source.plan(request(snapshot, predicate, COLUMNS, false));
        try (BatchCursor cursor = source.open(plan, RuntimeKeys.NONE, TestLake.monitor())) {
            return content(TestLake.rows(cursor));
        }
    }

    private static Content fetched(IcebergScanSource source, TableSnapshot snapshot) {
        ScanPlan plan = source.plan(request(snapshot, ScanPredicate.TRUE, List.of(), true));
        long[] references;
        try (BatchCursor cursor = source.open(plan, RuntimeKeys.NONE, TestLake.monitor())) {
            references = TestLake.rows(cursor).stream()
                    .mapToLong(row -> longOf(row.getFirst()))
                    .toArray();
        }
        try (BatchCursor cursor = source.fetch(snapshot, new Pin.All(), references, COLUMNS, TestLake.monitor())) {
            return content(TestLake.rows(cursor));
        }
    }

    /** Plans, and then lets the writer go on for a while before it reads. */
    private Content hesitant(IcebergScanSource source, TableSnapshot snapshot) throws IOException {
        ScanPlan plan = source.plan(request(snapshot, ScanPredicate.TRUE, COLUMNS, false));
        awaitCommits(log().size() + 8);
        try (BatchCursor cursor = source.open(plan, RuntimeKeys.NONE, TestLake.monitor())) {
            return content(TestLake.rows(cursor));
        }
    }

    private static Content content(List<List<Value>> rows) {
        Content content = Content.NOTHING;
        for (List<Value> row : rows) {
            long amount = longOf(row.get(2));
            content = content.and(new Content(
                    1, amount, ConcurrentWriter.Row.fingerprint(longOf(row.get(0)), longOf(row.get(1)), amount)));
        }
        return content;
    }

    private static long longOf(Value value) {
        return value instanceof Value.IntegerValue(long number) ? number : fail(value);
    }

    private static long fail(Value value) {
        throw new AssertionError("no integer: " + value);
    }
}
