package io.spangraph.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.explain.PlanPrinter;
import io.spangraph.engine.plan.QueryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Translations share nothing but the grammar's tables, so that threads get what one thread gets. */
class ThreadsTest {
    private static final String QUERY = "MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE t.tenant_id = $tenant"
            + " WITH t, sum(s.cost_usd) AS usd WHERE usd > 1 RETURN t.trace_id AS trace, usd ORDER BY usd DESC LIMIT 10";

    @Test
    void givesTheSamePlanToEveryThread() throws Exception {
        QueryPlan expected = SpanGraph.translate(QUERY);
        List<Future<QueryPlan>> plans = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 200; i++) {
                Callable<QueryPlan> translation = () -> SpanGraph.translate(QUERY);
                plans.add(threads.submit(translation));
            }
            for (Future<QueryPlan> plan : plans) {
                assertThat(plan.get().columns()).isEqualTo(expected.columns());
                assertThat(PlanPrinter.print(plan.get().plan())).isEqualTo(PlanPrinter.print(expected.plan()));
            }
        }
    }
}
