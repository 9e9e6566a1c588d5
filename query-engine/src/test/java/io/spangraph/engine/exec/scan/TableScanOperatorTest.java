package io.spangraph.engine.exec.scan;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static io.spangraph.engine.exec.fixture.Vectors.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.scan.BoundScan.ColumnMaker;
import io.spangraph.engine.exec.scan.TableScanOperator.Reading;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
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
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableScanOperatorTest {
    private static final Pin ACME = new Pin.Tenant(new ColumnPath("tenant", List.of()), "acme");
    private static final CompiledExpression OWNER = base -> base.column(0);

    private final List<RuntimeKeys> opened = new ArrayList<>();
    private boolean cursorClosed;

    private final RowBatch base = RowBatch.of(
            List.of(
                    Vectors.texts("acme", "globex", NULL, "acme", "acme"),
                    Vectors.longs(1, 2, 3, 4, NULL),
                    Vectors.longs(100, 101, 102, 103, 104)),
            5);

    @Test
    void showsRowsOfThePinnedTenantOnlyThoughTheSourcePromisesNothing() {
        assertThat(BatchInput.drain(scan(ACME, Optional.of(OWNER), List.of(), List.of(), Optional.empty())))
                .containsExactly(row("Span", 1, 100), row("Span", 4, 103), row("Span", NULL, 104));
        assertThat(cursorClosed).isTrue();
    }

    @Test
    void comparesTenantsInEveryFormOfColumn() {
        CompiledExpression general = rows -> Vectors.values("acme", "globex", NULL, 7, "acme ");
        assertThat(BatchInput.drain(scan(ACME, Optional.of(general), List.of(), List.of(), Optional.empty())))
                .containsExactly(row("Span", 1, 100));
    }

    @Test
    void noConditionSeesARowOfAnotherTenant() {
        CompiledExpression spy = rows -> {
            for (int i = 0; i < rows.rowCount(); i++) {
                assertThat(rows.value(i, 0)).isEqualTo(Value.of("acme"));
            }
            return Vectors.constant(true, rows.physicalRows());
        };
        assertThat(BatchInput.drain(scan(ACME, Optional.of(OWNER), List.of(spy), List.of(), Optional.empty())))
                .hasSize(3);
    }

    @Test
    void cannotBePinnedWithoutKnowingTheOwner() {
        assertThatThrownBy(() -> scan(ACME, Optional.empty(), List.of(), List.of(), Optional.empty()))
                .hasMessage("a scan pinned to a tenant must tell the owner of a row, and no other may");
    }

    @Test
    void dropsRowsWithoutAKeyAndRowsThatThePredicateRefuses() {
        assertThat(BatchInput.drain(scan(new Pin.All(), Optional.empty(), List.of(), List.of(1), Optional.empty())))
                .containsExactly(row("Span", 1, 100), row("Span", 2, 101), row("Span", 3, 102), row("Span", 4, 103));
        CompiledExpression predicate = rows -> Vectors.booleans(true, false, NULL, true, false);
        assertThat(BatchInput.drain(
                        scan(new Pin.All(), Optional.empty(), List.of(), List.of(), Optional.of(predicate))))
                .containsExactly(row("Span", 1, 100), row("Span", 4, 103));
    }

    @Test
    void opensTheSourceWithTheKeysThatAllJoinsAgreeOn() {
        SharedScan shared = shared(new Pin.All());
        TableScanOperator scan = scan(shared, new Pin.All(), Optional.empty(), List.of(), List.of(), Optional.empty());
        shared.restrict("id", Set.of(Value.of(1), Value.of(2)));
        shared.restrict("id", Set.of(Value.of(2), Value.of(3)));
        shared.restrict("trace", Set.of(Value.of("x")));
        assertThat(opened).isEmpty();
        assertThat(scan.advance()).isTrue();
        assertThat(opened).hasSize(1);
        assertThat(opened.getFirst().keySets())
                .containsExactly(
                        new RuntimeKeys.KeySet("id", Set.of(Value.of(2))),
                        new RuntimeKeys.KeySet("trace", Set.of(Value.of("x"))));
        assertThatThrownBy(() -> shared.restrict("id", Set.of())).hasMessage("keys for a scan that is open already");
    }

    @Test
    void neverOpensTheSourceOnceClosed() {
        TableScanOperator scan = scan(new Pin.All(), Optional.empty(), List.of(), List.of(), Optional.empty());
        scan.close();
        assertThat(scan.advance()).isFalse();
        assertThat(opened).isEmpty();
    }

    private TableScanOperator scan(
            Pin pin,
            Optional<CompiledExpression> owner,
            List<CompiledExpression> conditions,
            List<Integer> required,
            Optional<CompiledExpression> predicate) {
        return scan(shared(pin), pin, owner, conditions, required, predicate);
    }

    private TableScanOperator scan(
            SharedScan shared,
            Pin pin,
            Optional<CompiledExpression> owner,
            List<CompiledExpression> conditions,
            List<Integer> required,
            Optional<CompiledExpression> predicate) {
        BoundScan bound = new BoundScan(
                plan(pin),
                new ScanMonitor(Cancellation.after(Duration.ofMinutes(1))),
                owner,
                conditions,
                BatchInput.plainLayout(3),
                List.of(
                        new ColumnMaker.Constant(Value.of("Span")),
                        new ColumnMaker.Computed(rows -> rows.column(1)),
                        new ColumnMaker.RowReference()),
                required,
                predicate);
        return new TableScanOperator(bound, shared, Reading.ALONE);
    }

    private SharedScan shared(Pin pin) {
        return new SharedScan(
                new OneBatchSource(), plan(pin), new ScanMonitor(Cancellation.after(Duration.ofMinutes(1))));
    }

    private static ScanPlan plan(Pin pin) {
        TableSnapshot snapshot =
                new TableSnapshot(new TableName("lake", List.of("silver"), "spans"), OptionalLong.of(1));
        return new PlanOf(new ScanRequest(snapshot, pin, ScanPredicate.TRUE, List.of("tenant", "id"), true));
    }

    private record PlanOf(ScanRequest request) implements ScanPlan {
        @Override
        public ScanPredicate residual() {
            return ScanPredicate.TRUE;
        }

        @Override
        public ScanEstimate estimate() {
            return new ScanEstimate(1, 0, 100, 0, 5);
        }
    }

    /** Hands out one batch whatever was asked, as a source may that skips nothing. */
    private final class OneBatchSource implements ScanSource {
        @Override
        public ScanParts parts(ScanPlan plan, RuntimeKeys keys, ScanMonitor monitor) {
            opened.add(keys);
            return ScanParts.of(new BatchCursor() {
                private boolean given;

                @Override
                public boolean advance() {
                    boolean first = !given;
                    given = true;
                    return first;
                }

                @Override
                public RowBatch batch() {
                    return base;
                }

                @Override
                public void close() {
                    cursorClosed = true;
                }
            });
        }

        @Override
        public SnapshotSet pin(Set<TableName> tables, SnapshotSelector selector) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ScanPlan plan(ScanRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BatchCursor fetch(
                TableSnapshot snapshot, Pin pin, long[] rowReferences, List<String> columns, ScanMonitor monitor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<TableSchema> table(TableName name) {
            return Optional.empty();
        }

        @Override
        public List<String> neighbours(TableName name) {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
