package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.in;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.QueryPlan.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a subquery says is said of each outer row, although it runs once for all of them. */
class SubqueryTest {
    private final SpanTables tables = new SpanTables();

    private static AggregateItem count() {
        return new AggregateItem(new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false), Y);
    }

    private static AggregateItem collect(Expression expression) {
        return new AggregateItem(new AggregateCall(AggregateFunction.COLLECT, List.of(expression), false), Y);
    }

    /** The spans of a trace, which is a chain. */
    private static LogicalPlan spans() {
        return filter(scan(S, "Span"), equal(get(S, "trace_id"), text("acme-t1")));
    }

    /** The child of the span of the outer row; the last span has none. */
    private static LogicalPlan children() {
        return in(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span"));
    }

    private List<String> named(LogicalPlan plan) {
        return tables.rows(project(plan, as(get(S, "span_id"), X), as(ref(Y), Y)), SpanTables.acme(), X, Y);
    }

    @Test
    void aCountOfNoRowsIsZero() {
        assertThat(named(new RollUpApply(spans(), children(), count())))
                .containsExactly("acme-t1-s0 1", "acme-t1-s1 1", "acme-t1-s2 1", "acme-t1-s3 1", "acme-t1-s4 0");
    }

    @Test
    void aCollectionOfNoRowsIsEmpty() {
        assertThat(named(new RollUpApply(spans(), children(), collect(get(P, "span_id")))))
                .containsExactly(
                        "acme-t1-s0 ['acme-t1-s1']",
                        "acme-t1-s1 ['acme-t1-s2']",
                        "acme-t1-s2 ['acme-t1-s3']",
                        "acme-t1-s3 ['acme-t1-s4']",
                        "acme-t1-s4 []");
    }

    @Test
    void aConditionOnTheValueStaysAbove() {
        LogicalPlan leaves = filter(new RollUpApply(spans(), children(), count()), equal(ref(Y), number(0)));
        assertThat(named(leaves)).containsExactly("acme-t1-s4 0");
    }

    @Test
    void explainCallsItByItsName() {
        LogicalPlan plan = new RollUpApply(spans(), children(), count());
        try (ResultCursor cursor = tables.run(SpanTables.query(Mode.EXPLAIN, plan, S, Y), SpanTables.acme())) {
            PlanDescription apply = cursor.plan().orElseThrow().children().getFirst();
            assertThat(apply.operator()).isEqualTo("RollUpApply");
            assertThat(apply.details()).isEqualTo("count(*) AS y");
            assertThat(apply.children()).hasSize(2);
        }
    }
}
