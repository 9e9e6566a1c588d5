package io.spangraph.iceberg.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.table.TableName;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How new the known state of a table is, who waits for the catalog, and what its failures do. */
class TablesTest {
    private static final TableName ROWS = new TableName("lake", List.of("silver"), "rows");
    private static final Duration FRESHNESS = Duration.ofSeconds(8);

    private final SlowCatalog catalog = new SlowCatalog();
    private final AtomicLong clock = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Tables tables = new Tables(IcebergCatalogs.ofOpened(Map.of("lake", catalog)), clock::get);
    private final Table table = catalog.buildLater();

    /** A catalog that answers when it is told to, or fails. */
    private static final class SlowCatalog extends InMemoryCatalog {
        private final AtomicInteger questions = new AtomicInteger();
        private final Semaphore answers = new Semaphore(1_000_000);
        private volatile boolean isAway;

        SlowCatalog() {
            initialize("lake", Map.of());
            createNamespace(Namespace.of("silver"));
        }

        Table buildLater() {
            return createTable(
                    TableIdentifier.of("silver", "rows"),
                    new Schema(Types.NestedField.required(1, "key", Types.LongType.get())));
        }

        void hold() {
            answers.drainPermits();
        }

        void answer() {
            answers.release(1_000_000);
        }

        private TableMetadata asked(TableOperations operations) {
            questions.incrementAndGet();
            answers.acquireUninterruptibly();
            requireThere();
            return operations.refresh();
        }

        private void requireThere() {
            if (isAway) {
                throw new UncheckedIOException(new java.net.ConnectException("Connection refused"));
            }
        }

        @Override
        protected TableOperations newTableOps(TableIdentifier name) {
            TableOperations operations = super.newTableOps(name);
            return new TableOperations() {
                @Override
                public TableMetadata current() {
                    requireThere();
                    return operations.current();
                }

                @Override
                public TableMetadata refresh() {
                    return asked(operations);
                }

                @Override
                public void commit(TableMetadata base, TableMetadata changed) {
                    operations.commit(base, changed);
                }

                @Override
                public FileIO io() {
                    return operations.io();
                }

                @Override
                public String metadataFileLocation(String file) {
                    return operations.metadataFileLocation(file);
                }

                @Override
                public LocationProvider locationProvider() {
                    return operations.locationProvider();
                }
            };
        }
    }

    @BeforeEach
    void know() {
        tables.find(ROWS, FRESHNESS);
        catalog.questions.set(0);
    }

    @AfterEach
    void close() {
        catalog.answer();
        tables.close();
        threads.shutdownNow();
    }

    private void change(String value) {
        table.updateProperties().set("version", value).commit();
        catalog.questions.set(0);
    }

    private String version(Duration maxAge) {
        return tables.find(ROWS, maxAge).orElseThrow().metadata().properties().getOrDefault("version", "none");
    }

    private void pass(long seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void withoutFreshnessEachQueryAsks() {
        change("a");
        pass(1);
        assertThat(version(Duration.ZERO)).isEqualTo("a");
        change("b");
        pass(1);
        assertThat(version(Duration.ZERO)).isEqualTo("b");
        assertThat(catalog.questions).hasValue(1);
    }

    @Test
    void inTheFirstHalfOfItsTimeAStateIsJustUsed() {
        change("a");
        pass(3);
        assertThat(version(FRESHNESS)).isEqualTo("none");
        assertThat(catalog.questions).hasValue(0);
    }

    @Test
    void inTheSecondHalfItIsRenewedOnceWhileReadersGoOn() {
        change("a");
        pass(5);
        catalog.hold();

        for (int reader = 0; reader < 50; reader++) {
            assertThat(version(FRESHNESS)).isEqualTo("none");
        }

        await().until(() -> catalog.questions.get() == 1);
        catalog.answer();
        await().until(() -> version(FRESHNESS).equals("a"));
        assertThat(catalog.questions).hasValue(1);
    }

    @Test
    void aStateThatIsTooOldIsAskedForOnceByAll() throws Exception {
        change("a");
        pass(20);
        catalog.hold();

        List<CompletableFuture<String>> readers = new ArrayList<>();
        for (int reader = 0; reader < 20; reader++) {
            readers.add(CompletableFuture.supplyAsync(() -> version(FRESHNESS), threads));
        }
        await().until(() -> catalog.questions.get() == 1);
        catalog.answer();

        for (CompletableFuture<String> reader : readers) {
            assertThat(reader.get()).isEqualTo("a");
        }
        assertThat(catalog.questions).hasValue(1);
    }

    @Test
    void whoWantsThisMomentDoesNotTakeAnAnswerToAnEarlierQuestion() throws Exception {
        pass(1);
        catalog.hold();
        CompletableFuture<String> early = CompletableFuture.supplyAsync(() -> version(Duration.ZERO), threads);
        await().until(() -> catalog.questions.get() == 1);
        pass(1);
        CompletableFuture<String> late = CompletableFuture.supplyAsync(() -> version(Duration.ZERO), threads);
        catalog.answer();

        early.get();
        late.get();
        assertThat(catalog.questions).hasValue(2);
    }

    @Test
    void whileTheCatalogIsAwayTheKnownStateServesUntilItsTimeIsOver() {
        catalog.isAway = true;
        pass(5);
        assertThat(version(FRESHNESS)).isEqualTo("none");
        await().until(() -> catalog.questions.get() == 1);
        for (int reader = 0; reader < 50; reader++) {
            assertThat(version(FRESHNESS)).isEqualTo("none");
        }
        assertThat(catalog.questions)
                .as("a failed renewal is not repeated at once")
                .hasValue(1);

        pass(4);
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> version(FRESHNESS))
                .withMessageContaining("Connection refused")
                .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_UNAVAILABLE));

        catalog.isAway = false;
        assertThat(version(FRESHNESS)).isEqualTo("none");
    }
}
