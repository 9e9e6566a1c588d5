package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.QueryPlan.Mode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Counting the nodes of a hop asks whether they are there, for which their keys need not be read. */
class CountedNodesTest {
    private final SpanTables tables = new SpanTables();

    private static LogicalPlan spansOfTraces(boolean distinct) {
        LogicalPlan spans = out(new Argument(List.of(T)), T, R1, "HAS_SPAN", scan(S, "Span"));
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, List.of(new VariableRef(S)), distinct);
        return new Aggregate(
                new Apply(scan(T, "Trace"), spans, ApplyKind.OPTIONAL),
                List.of(as(get(T, "trace_id"), X)),
                List.of(new AggregateItem(count, Y)));
    }

    private String columnsOfSpans(LogicalPlan plan) {
        try (ResultCursor cursor = tables.run(SpanTables.query(Mode.EXPLAIN, plan, X, Y), SpanTables.everyTenant())) {
            return flat(cursor.plan().orElseThrow())
                    .filter(each ->
                            String.valueOf(each.arguments().get("table")).endsWith("spans"))
                    .map(each -> String.valueOf(each.arguments().get("columns")))
                    .toList()
                    .toString();
        }
    }

    private static Stream<PlanDescription> flat(PlanDescription plan) {
        return Stream.concat(Stream.of(plan), plan.children().stream().flatMap(CountedNodesTest::flat));
    }

    @Test
    void theirKeysAreReadOnlyToTellThemApart() {
        assertThat(columnsOfSpans(spansOfTraces(false))).contains("trace_id").doesNotContain("span_id");
        assertThat(columnsOfSpans(spansOfTraces(true))).contains("trace_id", "span_id");
        assertThat(tables.rows(spansOfTraces(false), SpanTables.acme(), X, Y))
                .containsExactlyElementsOf(tables.rows(spansOfTraces(true), SpanTables.acme(), X, Y))
                .contains("acme-t0 5");
    }
}
