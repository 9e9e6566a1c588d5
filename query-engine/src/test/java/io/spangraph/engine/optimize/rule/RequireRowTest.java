package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.SCHEMA;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.in;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.optimize.Optimizer;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequireRowTest {
    private final Rule rule = new RequireRow();

    /** A picture does not tell trust. */
    private boolean isTrusted(LogicalPlan plan) {
        List<Rule> rules = List.of(new ResolveLabels(), new PushFilterIntoExpand(), new PushFilterIntoScan(), rule);
        LogicalPlan after = new Optimizer(rules)
                .optimize(plan, new RuleContext(SCHEMA, true, new AtomicInteger(1_000)))
                .plan();
        return ((EdgeScan) after.inputs().get(1)).candidates().getFirst().type().trust();
    }

    private static LogicalPlan fromSpan(Expression condition) {
        return filter(in(scan(S, "Span"), S, R1, "HAS_SPAN", scan(T, "Trace")), condition);
    }

    @Test
    void aTraceWithoutARowHasNoName() {
        assertThat(isTrusted(fromSpan(equal(get(T, "name"), text("x"))))).isFalse();
    }

    @Test
    void whereThePatternStartsItNeedsNone() {
        LogicalPlan hop = out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span"));
        assertThat(isTrusted(filter(hop, equal(get(T, "total"), number(1))))).isFalse();
        assertThat(isTrusted(filter(hop, equal(get(S, "name"), text("x"))))).isTrue();
    }

    @Test
    void staysWhereTheKeyAloneIsAskedFor() {
        assertThat(isTrusted(fromSpan(equal(get(T, "trace_id"), text("x"))))).isTrue();
    }

    @Test
    void staysWhereNullSatisfies() {
        assertThat(isTrusted(fromSpan(new Expression.IsNull(get(T, "name"), false))))
                .isTrue();
    }
}
