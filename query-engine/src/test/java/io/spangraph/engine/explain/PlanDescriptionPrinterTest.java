package io.spangraph.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.explain.PlanDescription.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanDescriptionPrinterTest {
    private static PlanDescription plan(Optional<Profile> profile) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("table", "silver.pg_spans");
        arguments.put("EstimatedRows", 200_000.0);
        PlanDescription scan =
                new PlanDescription("NodeByLabelScan", "(s:Span)", List.of("s"), arguments, profile, List.of());
        return new PlanDescription(
                "ProduceResults", "", List.of("n"), Map.of("rules", "Plan:\n  A\n"), profile, List.of(scan));
    }

    @Test
    void indentsInputsBelowTheirOperator() {
        assertThat(PlanDescriptionPrinter.print(plan(Optional.empty()))).isEqualTo("""
                        ProduceResults
                          NodeByLabelScan: (s:Span)  {table: silver.pg_spans, EstimatedRows: 200000}

                        rules:
                        Plan:
                          A
                        """);
    }

    @Test
    void addsWhatWasCounted() {
        assertThat(PlanDescriptionPrinter.print(plan(Optional.of(new Profile(5, 1, 1_500_000, 64, 2)))))
                .startsWith("ProduceResults  (5 rows, 1.5 ms, 64 bytes of 2 files)\n  NodeByLabelScan: (s:Span)"
                        + "  {table: silver.pg_spans, EstimatedRows: 200000}  (5 rows, 1.5 ms, 64 bytes of 2 files)\n");
    }
}
