package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.SCHEMA;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.spi.BatchCursor;
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
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningQueryTest {
    private final SpanTables tables = new SpanTables();

    @Test
    void closingFromAnotherThreadWakesAReaderThatWaitsForStorage() throws Exception {
        WaitingSource source = new WaitingSource(tables.source);
        DefaultQueryRunner runner = new DefaultQueryRunner(SCHEMA, source);
        QueryContext context = SpanTables.everyTenant();
        ResultCursor cursor = runner.run(
                runner.prepare(SpanTables.query(Mode.RUN, new Distinct(scan(S, "Span")), S), PinScope.ALL_TENANTS),
                context,
                tables.snapshots());
        CompletableFuture<Throwable> reader = CompletableFuture.supplyAsync(() -> catchThrowable(cursor::advance));
        assertThat(source.waiting.await(1, TimeUnit.MINUTES)).isTrue();
        cursor.close();
        assertThat(reader.get(1, TimeUnit.MINUTES))
                .isInstanceOf(QueryException.class)
                .hasMessage("The query was cancelled: its client went away.");
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void aFailureOfTheEngineIsAnErrorOfItsOwnKind() {
        ScanSource broken = new WaitingSource(tables.source) {
            @Override
            public ScanParts parts(ScanPlan plan, RuntimeKeys keys, ScanMonitor monitor) {
                throw new IllegalStateException("secret detail");
            }
        };
        DefaultQueryRunner runner = new DefaultQueryRunner(SCHEMA, broken);
        try (ResultCursor cursor = runner.run(
                runner.prepare(SpanTables.query(Mode.RUN, scan(S, "Span"), S), PinScope.ALL_TENANTS),
                SpanTables.everyTenant(),
                tables.snapshots())) {
            assertThatThrownBy(cursor::advance)
                    .isInstanceOf(QueryException.class)
                    .hasMessage("The query failed inside the engine: IllegalStateException.")
                    .hasRootCauseMessage("secret detail");
        }
    }

    @Test
    void aRowIsThereOnlyBetweenTheFirstAndTheLast() {
        try (ResultCursor cursor = tables.run(scan(S, "Span"), SpanTables.acme(), S)) {
            assertThatThrownBy(cursor::row).isInstanceOf(IllegalStateException.class);
            SpanTables.drain(cursor);
            assertThat(cursor.advance()).isFalse();
            assertThatThrownBy(cursor::row).isInstanceOf(IllegalStateException.class);
            assertThat(cursor.columns()).containsExactly("s");
        }
    }

    /** A source whose scans wait until they are closed, as a read from a storage that does not answer. */
    private static class WaitingSource implements ScanSource {
        private final ScanSource tables;
        final CountDownLatch waiting = new CountDownLatch(1);

        WaitingSource(ScanSource tables) {
            this.tables = tables;
        }

        @Override
        public ScanParts parts(ScanPlan plan, RuntimeKeys keys, ScanMonitor monitor) {
            CountDownLatch closed = new CountDownLatch(1);
            return ScanParts.of(new BatchCursor() {
                @Override
                public boolean advance() {
                    waiting.countDown();
                    try {
                        closed.await();
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                    return false;
                }

                @Override
                public RowBatch batch() {
                    return RowBatch.of(List.of(), 0);
                }

                @Override
                public void close() {
                    closed.countDown();
                }
            });
        }

        @Override
        public Optional<TableSchema> table(TableName name) {
            return tables.table(name);
        }

        @Override
        public List<String> neighbours(TableName name) {
            return tables.neighbours(name);
        }

        @Override
        public SnapshotSet pin(Set<TableName> wanted, SnapshotSelector selector) {
            return tables.pin(wanted, selector);
        }

        @Override
        public ScanPlan plan(ScanRequest request) {
            return tables.plan(request);
        }

        @Override
        public BatchCursor fetch(
                TableSnapshot snapshot, Pin pin, long[] references, List<String> columns, ScanMonitor monitor) {
            return tables.fetch(snapshot, pin, references, columns, monitor);
        }

        @Override
        public void close() {
            tables.close();
        }
    }
}
