package io.spangraph.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.lake.run.Damage;
import io.spangraph.lake.table.TableSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a lake: the rows agree with each other, except where they are broken on purpose. */
class LakeContentTest {

    private static final String ROOT = "(parent_span_id is null or parent_span_id = '')";

    @TempDir
    private static Path directory;

    private static LakeReport report;
    private static LakeReader lake;

    @BeforeAll
    static void write() throws SQLException {
        report = LakeGenerator.generate(SmallLake.spec(directory, 7), ProgressListener.NONE);
        lake = new LakeReader(directory);
    }

    @AfterAll
    static void close() throws SQLException {
        lake.close();
    }

    @Test
    void tablesHoldWhatTheReportSays() throws IOException {
        assertThat(report.tables())
                .extracting(TableSummary::name)
                .containsExactly(
                        "silver.pg_tenants",
                        "silver.pg_agents",
                        "silver.pg_traces",
                        "silver.pg_spans",
                        "silver.pg_child_of_edges",
                        "silver.events_all");
        for (TableSummary table : report.tables()) {
            long rows = 0;
            try (CloseableIterable<Record> records = IcebergGenerics.read(
                            lake.table(table.name().substring("silver.".length())))
                    .build()) {
                for (Record record : records) {
                    assertThat(record.getField("tenant_id")).isIn("acme", "globex", "initech");
                    rows++;
                }
            }
            assertThat(rows).as(table.name()).isEqualTo(table.rows());
        }
    }

    @Test
    void spansAndTracesAreAsManyAsAskedFor() throws SQLException {
        assertThat(lake.number("select count(*) from pg_spans")).isEqualTo(SmallLake.ROWS);
        assertThat(lake.number("select count(*) from pg_traces")).isEqualTo(SmallLake.ROWS / LakeSpec.SPANS_PER_TRACE);
        assertThat(lake.number("select count(distinct trace_id) from pg_traces"))
                .isEqualTo(SmallLake.ROWS / LakeSpec.SPANS_PER_TRACE);
        assertThat(lake.texts("select tenant_id from pg_tenants order by 1"))
                .containsExactly("acme", "globex", "initech");
    }

    @Test
    void traceRowsSumUpTheirSpans() throws SQLException {
        String agreeing = """
                select count(*) from pg_traces t join (
                  select trace_id, any_value(tenant_id) tenant_id, any_value(agent_id) agent_id,
                    coalesce(sum(input_tokens), 0) input, coalesce(sum(output_tokens), 0) output,
                    coalesce(sum(total_tokens), 0) total, min(span_start_ts_ms) first,
                    max(coalesce(span_end_ts_ms, span_start_ts_ms)) last
                  from (select distinct on (span_id) * from pg_spans) group by trace_id) s using (trace_id)
                where t.tenant_id = s.tenant_id and t.agent_id = s.agent_id and total_input_tokens = input
                  and total_output_tokens = output and total_tokens = total and trace_start_ts_ms = first
                  and trace_end_ts_ms = last and duration_ms = last - first
                  and trace_date = (timestamp '1970-01-01' + to_milliseconds(trace_start_ts_ms))::date""";
        assertThat(lake.number(agreeing)).isEqualTo(lake.number("select count(*) - 1 from pg_traces"));
    }

    @Test
    void traceRowsCountTheirEventsAndNoTokensAreMissing() throws SQLException {
        String miscounted = """
                select count(*) from pg_traces t left join
                  (select trace_id, count(*) n from events_all group by 1) e using (trace_id)
                where event_count <> coalesce(n, 0)""";
        assertThat(lake.number(miscounted)).isZero();
        assertThat(lake.number("select count(*) from pg_traces where total_tokens is null"))
                .isZero();
    }

    @Test
    void failuresAreKnownToTheTraceUnlessTheyAreSilent() throws SQLException {
        String disagreeing = """
                select count(*) from pg_traces t join
                  (select trace_id, max(has_error) failed from pg_spans group by 1) s using (trace_id)
                where t.has_error""";
        assertThat(lake.number(disagreeing + " > failed")).isZero();
        assertThat(lake.number(disagreeing + " < failed")).isBetween(1L, 20L);
    }

    @Test
    void errorsSpreadUpwardsAndAreRepaired() throws SQLException {
        String spread = """
                select count(*) from pg_spans c join pg_spans p
                  on c.trace_id = p.trace_id and c.parent_span_id = p.span_id
                where c.actor_type = 'tool_call' and c.has_error = 1 and p.has_error = 1""";
        assertThat(lake.number(spread)).isPositive();
        String repaired = """
                select count(*) from pg_spans a join pg_spans b on a.trace_id = b.trace_id
                  and a.parent_span_id = b.parent_span_id and a.actor_label = b.actor_label
                where a.has_error = 1 and b.has_error = 0 and b.span_start_ts_ms >= a.span_end_ts_ms""";
        assertThat(lake.number(repaired)).isPositive();
    }

    @Test
    void eventsFoldIntoTheSpans() throws SQLException {
        String folded = """
                select trace_id, span_id, max(parent_span_id) parent, min(event_ts_ms) first, max(event_ts_ms) last,
                  coalesce(max(model_name), max(tool_name), max(span_name)) label,
                  max(case when event_type = 'error' then 1 else 0 end) failed,
                  max((payload_json->>'$.usage.total')::bigint) tokens,
                  max(case when event_type like '%before_call' or event_type in ('session_start', 'subagent_spawn')
                    then payload_json end) input,
                  max(case when event_type like '%after_call' or event_type in ('session_end', 'subagent_join')
                    then payload_json end) output
                from events_all group by 1, 2""";
        assertThat(lake.number("select count(*) from (" + folded + ")"))
                .isEqualTo(lake.number("select count(distinct span_id) from pg_spans"));
        assertThat(lake.number("select count(distinct s.span_id) from pg_spans s join (" + folded
                        + ") e on s.trace_id = e.trace_id and s.span_id = e.span_id"
                        + " where s.parent_span_id is not distinct from parent and span_start_ts_ms = first"
                        + " and coalesce(span_end_ts_ms, span_start_ts_ms) = last and actor_label = label"
                        + " and has_error = failed and total_tokens is not distinct from tokens"
                        + " and input_payload = input and output_payload is not distinct from output"))
                .isEqualTo(lake.number("select count(distinct span_id) from pg_spans"));
    }

    @Test
    void edgesAreTheSpansThatNameAParent() throws SQLException {
        String fromSpans =
                "select tenant_id, agent_id, trace_id, span_id, parent_span_id from pg_spans where not " + ROOT;
        String edges = "select tenant_id, agent_id, trace_id, span_id, parent_span_id from pg_child_of_edges";
        assertThat(lake.number("select count(*) from (" + edges + ")")).isPositive();
        assertThat(lake.number("select count(*) from ((" + fromSpans + ") except all (" + edges + "))"))
                .isZero();
        assertThat(lake.number("select count(*) from ((" + edges + ") except all (" + fromSpans + "))"))
                .isZero();
    }

    @Test
    void everyKindOfDamageIsInAsManyTracesAsReported() throws SQLException {
        assertThat(report.damagedTraces())
                .containsOnlyKeys(
                        Damage.ORPHANS,
                        Damage.MISSING_ROOT,
                        Damage.TWO_ROOTS,
                        Damage.LATE_CHILD,
                        Damage.DUPLICATE_ROWS,
                        Damage.CYCLE);
        String roots = "select trace_id, count(distinct span_id) filter (" + ROOT + ") roots from pg_spans group by 1";
        String orphans = """
                select distinct trace_id from pg_spans c where parent_span_id <> '' and not exists
                  (from pg_spans p where p.trace_id = c.trace_id and p.span_id = c.parent_span_id)""";
        assertThat(lake.number("select count(*) from (" + roots + ") where roots = 0"))
                .isEqualTo(reported(Damage.MISSING_ROOT));
        assertThat(lake.number("select count(*) from (" + roots + ") where roots > 1"))
                .isEqualTo(reported(Damage.TWO_ROOTS));
        assertThat(lake.number("select count(*) from (" + orphans + ")"))
                .isEqualTo(reported(Damage.ORPHANS) + reported(Damage.MISSING_ROOT));
        String late = """
                select count(distinct c.trace_id) from pg_spans c join pg_spans p
                  on c.trace_id = p.trace_id and c.parent_span_id = p.span_id
                where c.span_start_ts_ms > p.span_end_ts_ms""";
        assertThat(lake.number(late)).isEqualTo(reported(Damage.LATE_CHILD));
        String doubled = """
                select count(distinct trace_id) from (
                  select * exclude (filename, file_row_number), count(*) n from pg_spans group by all having n > 1)""";
        assertThat(lake.number(doubled)).isEqualTo(reported(Damage.DUPLICATE_ROWS));
        assertThat(lake.number("select count(*) - count(distinct span_id) from pg_spans"))
                .isGreaterThanOrEqualTo(reported(Damage.DUPLICATE_ROWS));
    }

    @Test
    void oneCycleIsInTheFirstTenant() throws SQLException {
        String cycle = """
                select %s from pg_spans a join pg_spans b on a.trace_id = b.trace_id and a.parent_span_id = b.span_id
                  and b.parent_span_id = a.span_id and a.span_id < b.span_id""";
        assertThat(lake.texts(cycle.formatted("a.tenant_id"))).containsExactly("acme");
        assertThat(reported(Damage.CYCLE)).isEqualTo(1);
    }

    @Test
    void verticesWithoutEdgesExist() throws SQLException {
        assertThat(lake.number("select count(*) from pg_traces anti join pg_spans using (trace_id)"))
                .isEqualTo(1);
        assertThat(lake.texts("select agent_id from pg_agents anti join pg_traces using (agent_id) order by 1"))
                .contains("acme-archivist", "globex-archivist", "initech-archivist");
        assertThat(lake.number("select count(distinct agent_id) from pg_traces where tenant_id = 'acme'"))
                .isEqualTo(5);
    }

    @Test
    void rootsHaveNoParentOrTheEmptyText() throws SQLException {
        assertThat(lake.number("select count(*) from pg_spans where parent_span_id = ''"))
                .isPositive();
        assertThat(lake.number("select count(*) from pg_spans where parent_span_id is null"))
                .isGreaterThan(lake.number("select count(*) from pg_spans where parent_span_id = ''"));
    }

    @Test
    void payloadsAreJsonOfTheLengthsAskedFor() throws SQLException {
        assertThat(
                        lake.number(
                                "select count(*) from pg_spans where not (json_valid(input_payload) and json_valid(output_payload))"))
                .isZero();
        String lengths = "(select strlen(input_payload) n from pg_spans union all select strlen(output_payload)"
                + " from pg_spans where output_payload is not null)";
        assertThat(lake.number("select median(n) from " + lengths)).isBetween(230L, 280L);
        assertThat(lake.number("select quantile_cont(n, 0.99) from " + lengths)).isBetween(3_500L, 4_700L);
        assertThat(lake.number("select count(*) from pg_spans where contains(input_payload, '🚀')"))
                .isPositive();
    }

    private static long reported(Damage damage) {
        return report.damagedTraces().getOrDefault(damage, 0);
    }
}
