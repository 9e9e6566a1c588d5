package io.spangraph.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.acceptance.DemoGraph.Answer;
import io.spangraph.engine.context.Principal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Counts and extremes of the demo lake come from its metadata, and are those of its rows. */
class MetadataAnswersTest {
    private static final String FACTS =
            "count(*) AS rows, count(s) AS spans, min(s.span_start_ts_ms) AS first, max(s.span_start_ts_ms) AS last";

    /** True for every span, but nothing that metadata could tell. */
    private static final String SCANNED = "MATCH (s:Span) WHERE size(s.span_id) >= 0 RETURN " + FACTS;

    private static DemoGraph graph;

    @BeforeAll
    static void open() {
        graph = DemoGraph.open();
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    private static Answer ask(String cypher, Optional<String> tenant) {
        return graph.ask(cypher, Map.of(), new Principal("tester", tenant, Set.of()));
    }

    @Test
    void spansAreCountedWithoutReadingAFile() {
        Answer scanned = ask(SCANNED, Optional.empty());
        Answer told = ask("MATCH (s:Span) RETURN " + FACTS, Optional.empty());

        assertThat(scanned.filesRead()).isPositive();
        assertThat(told.filesRead()).isZero();
        assertThat(told.rows()).isEqualTo(scanned.rows());
        assertThat(number(told, 0)).isPositive();
    }

    @Test
    void aRangeThatHoldsAllOrNothingOfAFileReadsNoFile() {
        Answer all = ask("MATCH (s:Span) RETURN " + FACTS, Optional.empty());
        // Answers are compared, and so written, with the digits that engines agree in.
        long first = number(all, 2) - 1_000;
        long last = number(all, 3) + 1_000;
        String within = "MATCH (s:Span) WHERE s.span_start_ts_ms >= " + first + " AND s.span_start_ts_ms <= " + last
                + " RETURN " + FACTS;
        String after = "MATCH (s:Span) WHERE s.span_start_ts_ms > " + last + " RETURN count(*) AS rows";

        Answer whole = ask(within, Optional.empty());
        assertThat(whole.filesRead()).isZero();
        assertThat(whole.rows()).isEqualTo(all.rows());
        Answer nothing = ask(after, Optional.empty());
        assertThat(nothing.filesRead()).isZero();
        assertThat(nothing.rows()).containsExactly("0");
    }

    /** The files of the demo lake hold rows of several tenants. */
    @Test
    void aTenantIsToldWhatItsOwnRowsSay() {
        long sum = 0;
        for (String row : ask("MATCH (t:Tenant) RETURN t.tenant_id AS id", Optional.empty())
                .rows()) {
            Answer own = ask("MATCH (s:Span) RETURN " + FACTS, Optional.of(row));
            assertThat(own.filesRead()).isPositive();
            assertThat(own.rows()).isEqualTo(ask(SCANNED, Optional.of(row)).rows());
            sum += number(own, 0);
        }
        assertThat(sum).isEqualTo(number(ask("MATCH (s:Span) RETURN count(*) AS rows", Optional.empty()), 0));
    }

    private static long number(Answer answer, int column) {
        return Long.parseLong(
                Arrays.asList(answer.rows().getFirst().split(" \\| ")).get(column));
    }
}
