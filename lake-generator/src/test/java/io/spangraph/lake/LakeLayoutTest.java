package io.spangraph.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.lake.table.TableSummary;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the rows of a lake lie in files: what a reader may rely on to skip most of them. */
class LakeLayoutTest {

    private static final int BUCKETS = 8;

    @TempDir
    private static Path directory;

    private static LakeReport report;
    private static LakeReader lake;

    @BeforeAll
    static void write() throws SQLException {
        report = LakeGenerator.generate(SmallLake.spec(directory, 11), ProgressListener.NONE);
        lake = new LakeReader(directory);
    }

    @AfterAll
    static void close() throws SQLException {
        lake.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_traces", "pg_spans", "pg_child_of_edges", "events_all"})
    void aTraceIdLeadsToTheOneFileThatHoldsTheTrace(String table) throws SQLException {
        List<String> traces = lake.texts("select distinct trace_id from " + table + " order by 1 limit 40");
        assertThat(traces).hasSize(40);
        for (String trace : traces) {
            List<String> holding =
                    lake.texts("select distinct filename from " + table + " where trace_id = '" + trace + "'");
            assertThat(holding).hasSize(1);
            assertThat(LakeReader.locations(lake.table(table).newScan().filter(Expressions.equal("trace_id", trace))))
                    .isEqualTo(holding);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ':', textBlock = """
            pg_traces:         tenant_id, trace_id
            pg_spans:          tenant_id, trace_id, span_start_ts_ms, span_id
            pg_child_of_edges: tenant_id, trace_id, parent_span_id, span_id
            events_all:        tenant_id, trace_id, event_ts_ms, event_id""")
    void rowsLieInTheDeclaredOrder(String table, String order) throws SQLException {
        assertThat(lake.table(table).sortOrder().fields().stream()
                        .map(field -> lake.table(table).schema().findColumnName(field.sourceId())))
                .containsExactly(order.split(", "));
        String rows = "select filename, row_number() over (partition by filename order by " + order
                + ") - 1 wanted, file_row_number from " + table;
        // Duplicate rows are equal in every sort column, so either may come first.
        String ties = "select filename, file_row_number from " + table
                + " qualify count(*) over (partition by filename, " + order + ") > 1";
        assertThat(lake.number("select count(*) from (" + rows + ") anti join (" + ties
                        + ") using (filename, file_row_number) where wanted <> file_row_number"))
                .isZero();
    }

    @Test
    void aTraceIsARunOfRowsThatMayCrossRowGroups() throws SQLException {
        String scattered = """
                select count(*) from (select trace_id, max(file_row_number) - min(file_row_number) + 1 run, count(*) n
                  from pg_spans group by trace_id) where run <> n""";
        assertThat(lake.number(scattered)).isZero();
        String ends = """
                select filename, sum(row_group_num_rows) over (partition by filename order by row_group_id) - 1 last_row
                from (select distinct file_name filename, row_group_id, row_group_num_rows
                  from pg_spans_chunks)""";
        assertThat(lake.number("select count(*) from (" + ends + ")")).isGreaterThan(3 * BUCKETS);
        assertThat(lake.number("select count(*) from (" + ends + """
                ) e join pg_spans a on a.filename = e.filename and a.file_row_number = last_row
                join pg_spans b on b.filename = e.filename and b.file_row_number = last_row + 1
                  and a.trace_id = b.trace_id""")).isPositive();
    }

    @Test
    void uniqueIdsHaveBloomFiltersThatFitTheirNumber() throws SQLException {
        String chunks = "from pg_spans_chunks where path_in_schema = ";
        assertThat(lake.number("select count(*) " + chunks + "'span_id' and bloom_filter_length is null"))
                .isZero();
        assertThat(lake.number("select max(bloom_filter_length) " + chunks + "'span_id'"))
                .isBetween(32L, 70_000L);
        assertThat(lake.number("select count(*) " + chunks + "'input_payload' and stats_max_value is not null"))
                .isZero();
    }

    @Test
    void everyQuarterIsASnapshotWithWholeTraces() throws SQLException {
        for (String name : List.of("pg_traces", "pg_spans", "pg_child_of_edges", "events_all")) {
            Table table = lake.table(name);
            assertThat(table.snapshots())
                    .hasSize(4)
                    .allSatisfy(snapshot -> assertThat(added(snapshot)).isEqualTo(BUCKETS / 4));
        }
        assertThat(report.tables())
                .filteredOn(table -> table.snapshots().size() >= 4)
                .hasSize(4);
        List<String> early = LakeReader.locations(lake.table("pg_spans")
                .newScan()
                .useSnapshot(report.tables().get(3).snapshots().get(0)));
        assertThat(early).hasSize(BUCKETS / 4);
        assertThat(lake.number("select count(*) from pg_spans a join pg_spans b using (trace_id) where a.filename in ('"
                        + String.join("', '", early) + "') and b.filename not in ('" + String.join("', '", early)
                        + "')"))
                .isZero();
    }

    @Test
    void bytesAndFilesAreReported() {
        assertThat(report.tables())
                .filteredOn(table -> table.files() == BUCKETS)
                .hasSize(4);
        assertThat(report.bytes())
                .isEqualTo(
                        report.tables().stream().mapToLong(TableSummary::bytes).sum())
                .isPositive();
        assertThat(report.catalogFile())
                .isEqualTo(directory.resolve("catalog.db"))
                .isRegularFile();
        assertThat(report.catalogName()).isEqualTo("lake");
    }

    private static int added(Snapshot snapshot) {
        return Integer.parseInt(snapshot.summary().get(SnapshotSummary.ADDED_FILES_PROP));
    }
}
