package io.spangraph.engine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InMemoryScanSourceTest {
    private static final TableName NAME = new TableName("test", List.of("db"), "numbers");

    /** Ten rows in five files: n is 0 to 9, the first six rows are of tenant a. */
    private final InMemoryScanSource source = new InMemoryScanSource(List.of(numbers()));

    private final ScanMonitor monitor = new ScanMonitor(Cancellation.after(Duration.ofMinutes(1)));

    private static ReferenceTable numbers() {
        List<Map<String, Value>> rows = new ArrayList<>();
        for (long i = 0; i < 10; i++) {
            rows.add(Map.of("n", Value.of(i), "owner", Value.of(i < 6 ? "a" : "b")));
        }
        List<Column> columns =
                List.of(new Column("n", Primitive.LONG, true), new Column("owner", Primitive.STRING, true));
        return new ReferenceTable(new TableSchema(NAME, columns), rows, 2);
    }

    private List<String> read(Pin pin, ScanPredicate predicate, RuntimeKeys keys) {
        TableSnapshot snapshot =
                source.pin(Set.of(NAME), new SnapshotSelector.Current()).of(NAME);
        ScanPlan plan = source.plan(new ScanRequest(snapshot, pin, predicate, List.of("n"), true));
        assertThat(plan.residual()).isEqualTo(predicate);
        List<String> read = new ArrayList<>();
        try (BatchCursor cursor = source.open(plan, keys, monitor)) {
            while (cursor.advance()) {
                for (int i = 0; i < cursor.batch().rowCount(); i++) {
                    read.add(((Value.IntegerValue) cursor.batch().value(i, 0)).value() + "@"
                            + ((Value.IntegerValue) cursor.batch().value(i, 1)).value());
                }
            }
        }
        return read;
    }

    @Test
    void skipsFilesByThePredicate() {
        ScanPredicate above = new ScanPredicate.Compare("n", CompareOperator.GREATER, Value.of(6L));
        assertThat(read(new Pin.All(), above, RuntimeKeys.NONE))
                .containsExactly(
                        "6@" + (3L << 40), "7@" + ((3L << 40) + 1), "8@" + (4L << 40), "9@" + ((4L << 40) + 1));
        assertThat(monitor.counts().filesRead()).isEqualTo(2);
        assertThat(monitor.counts().filesSkipped()).isEqualTo(3);
        assertThat(monitor.counts().rowsRead()).isEqualTo(4);
    }

    @Test
    void skipsFilesOfOtherTenants() {
        Pin pin = new Pin.Tenant(new ColumnPath("owner", List.of()), "a");
        assertThat(read(pin, ScanPredicate.TRUE, RuntimeKeys.NONE)).hasSize(6);
        assertThat(monitor.counts().filesSkipped()).isEqualTo(2);
    }

    @Test
    void skipsFilesByKeysThatArriveLate() {
        RuntimeKeys keys = new RuntimeKeys(List.of(new RuntimeKeys.KeySet("n", Set.of(Value.of(5L)))));
        assertThat(read(new Pin.All(), ScanPredicate.TRUE, keys)).hasSize(2);
        assertThat(monitor.counts().filesRead()).isEqualTo(1);
    }

    @Test
    void fetchesRowsByReferenceForTheirOwnerOnly() {
        TableSnapshot snapshot =
                source.pin(Set.of(NAME), new SnapshotSelector.Current()).of(NAME);
        long reference = numbers().reference(7);
        try (BatchCursor cursor =
                source.fetch(snapshot, new Pin.All(), new long[] {reference}, List.of("owner"), monitor)) {
            assertThat(cursor.advance()).isTrue();
            assertThat(cursor.batch().value(0, 0)).isEqualTo(Value.of("b"));
        }
        Pin pin = new Pin.Tenant(new ColumnPath("owner", List.of()), "a");
        assertThatThrownBy(() -> source.fetch(snapshot, pin, new long[] {reference}, List.of("owner"), monitor))
                .hasMessage("row 7 of test.db.numbers is another tenant's");
    }
}
