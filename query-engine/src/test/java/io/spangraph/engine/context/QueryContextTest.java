package io.spangraph.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every operator relies on: a budget that refuses, a switch that ends, parameters that are named when missing. */
class QueryContextTest {
    @Test
    void theMemoryBudgetRefusesWhatIsTooMuchAndStaysUsable() {
        MemoryBudget budget = new MemoryBudget(100);
        budget.reserve(60, "Sort");
        assertThatThrownBy(() -> budget.reserve(41, "HashJoin"))
                .isInstanceOf(QueryException.class)
                .hasMessage("The query needs more than 100 bytes of memory (HashJoin).")
                .satisfies(error -> assertThat(((QueryException) error).hint().orElseThrow())
                        .contains("limits.memory"));
        assertThat(budget.reservedBytes()).isEqualTo(60);
        budget.release(60);
        budget.reserve(100, "HashJoin");
        assertThat(budget.peakBytes()).isEqualTo(100);
    }

    @Test
    void theFirstReasonToEndStays() {
        Cancellation cancellation = Cancellation.after(Duration.ofHours(1));
        cancellation.poll();
        cancellation.cancel(Cancellation.Reason.CLIENT_GONE);
        cancellation.cancel(Cancellation.Reason.KILLED);
        assertThatThrownBy(cancellation::poll).hasMessage("The query was cancelled: its client went away.");
    }

    @Test
    void aDeadlineThatHasPassedNamesTheLimit() {
        Cancellation cancellation = Cancellation.after(Duration.ofNanos(1));
        assertThatThrownBy(() -> {
                    while (true) {
                        cancellation.poll();
                    }
                })
                .hasMessage("The query ran longer than its time limit of 0 ms.")
                .satisfies(error -> assertThat(((QueryException) error).hint().orElseThrow())
                        .contains("limits.timeout"));
    }

    @Test
    void aMissingParameterIsNamedBesideThoseThatWereGiven() {
        QueryContext context = QueryContext.of(
                new Principal("ann", Optional.of("acme"), Set.of()),
                Map.of("trace", Value.of("x")),
                new QueryLimits(Duration.ofSeconds(1), 1, 1, 1));
        assertThat(context.parameter("trace")).isEqualTo(Value.of("x"));
        assertThatThrownBy(() -> context.parameter("span"))
                .hasMessage("Expected parameter(s): span")
                .satisfies(error -> assertThat(((QueryException) error).hint().orElseThrow())
                        .contains("given were: trace"));
    }
}
