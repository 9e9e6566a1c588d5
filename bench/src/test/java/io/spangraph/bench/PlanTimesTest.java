package io.spangraph.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions whose plans are timed: texts that the server never saw, and texts that it saw with other literals. */
class PlanTimesTest {
    @TempDir
    private Path data;

    @Test
    void everyQuestionOfTheWorkloadIsPlannedBothWays() throws IOException {
        List<BenchRow> rows = new PlanTimes(Path.of("").toAbsolutePath(), data, Pace.ONCE).rows();

        assertThat(rows).extracting(BenchRow::row).containsExactly("plan-new-text", "plan-new-literal");
        assertThat(rows).allMatch(row -> row.ours().medianMillis() > 0);
    }

    @Test
    void aNewTextHasOtherVariables() {
        assertThat(PlanTimes.renamed("MATCH (s:Span) WHERE s.trace_id = $s RETURN s.label AS l, count(s)", 7))
                .isEqualTo("MATCH (s_7:Span) WHERE s_7.trace_id = $s RETURN s_7.label AS l_7, count(s_7)");
    }

    @Test
    void aNewLiteralStandsWhereAParameterStood() {
        assertThat(PlanTimes.withLiterals("WHERE t.trace_id = $trace AND t.start > $from", 7))
                .isEqualTo("WHERE t.trace_id = 'trace7' AND t.start > 1775000000007");
    }
}
