package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPlan.Narrowing;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.model.schema.MappingExpression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scan's metadata tell to whoever asks for too much. */
class ScanAdviceTest {
    private static final Schema SPANS = new Schema(
            Types.NestedField.required(1, "tenant_id", Types.StringType.get()),
            Types.NestedField.required(2, "trace_id", Types.StringType.get()),
            Types.NestedField.required(3, "at", Types.LongType.get()),
            Types.NestedField.required(4, "label", Types.StringType.get()),
            Types.NestedField.required(5, "payload", Types.StringType.get()));

    private static final List<String> ALL = List.of("tenant_id", "trace_id", "at", "label", "payload");

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(Catalogs.JDBC.open(folder));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    /** Twelve files that follow each other in time, two of which share each trace; each label is everywhere. */
    private TestTable spans(PartitionSpec spec, boolean sharedFiles) {
        TestTable table = lake.create("spans", SPANS, spec, Map.of("format-version", "2"));
        List<List<Record>> files = new ArrayList<>();
        for (int file = 0; file < 12; file++) {
            List<Record> rows = new ArrayList<>();
            for (int row = 0; row < 100; row++) {
                boolean acme = sharedFiles ? row % 2 == 0 : file % 2 == 0;
                rows.add(table.row(
                        acme ? "acme" : "globex",
                        "trace-" + (char) ('a' + file / 2),
                        file * 100L + row,
                        "label-" + row % 7,
                        ("payload " + row + " " + file + " ").repeat(200)));
            }
            files.add(rows);
        }
        table.appendFiles(files);
        return table;
    }

    private ScanPlan plan(TestTable table, Pin pin, String... columns) {
        return lake.source()
                .plan(new ScanRequest(lake.pin(table), pin, ScanPredicate.TRUE, List.of(), List.of(columns), false));
    }

    private static Pin acme() {
        return new Pin.Tenant(new MappingExpression.ColumnPath("tenant_id", List.of()), "acme");
    }

    @Test
    void columnsByWhichFilesAreLaidOutNarrowAScan() {
        ScanPlan plan = plan(spans(PartitionSpec.unpartitioned(), true), new Pin.All(), "label");
        assertThat(plan.narrowings(ALL))
                .containsExactly(new Narrowing("at", true, 1), new Narrowing("trace_id", false, 2));
        assertThat(plan.narrowings(List.of("label", "tenant_id", "nothing"))).isEmpty();
    }

    @Test
    void onlyTheColumnsThatAreReadCount() {
        TestTable table = spans(PartitionSpec.unpartitioned(), true);
        ScanPlan small = plan(table, new Pin.All(), "at");
        ScanPlan large = plan(table, new Pin.All(), "at", "payload");
        assertThat(small.estimate().bytes()).isEqualTo(large.estimate().bytes());
        assertThat(small.bytesOfColumns()).isPositive().isLessThan(large.bytesOfColumns());
        assertThat(large.bytesOfColumns()).isLessThanOrEqualTo(large.estimate().bytes());
    }

    @Test
    void filesOfOneTenantAreKnownToBe() {
        TestTable shared = spans(PartitionSpec.unpartitioned(), true);
        assertThat(plan(shared, acme(), "at").mayHoldRowsOfOthers()).isTrue();
        assertThat(plan(shared, new Pin.All(), "at").mayHoldRowsOfOthers()).isFalse();
    }

    @Test
    void partitionsByTenantHoldNobodyElse() {
        TestTable apart =
                spans(PartitionSpec.builderFor(SPANS).identity("tenant_id").build(), false);
        ScanPlan plan = plan(apart, acme(), "at");
        assertThat(plan.mayHoldRowsOfOthers()).isFalse();
        assertThat(plan.estimate().files()).isEqualTo(6);
        assertThat(plan.narrowings(ALL))
                .containsExactly(new Narrowing("trace_id", false, 1), new Narrowing("at", true, 1));
    }
}
