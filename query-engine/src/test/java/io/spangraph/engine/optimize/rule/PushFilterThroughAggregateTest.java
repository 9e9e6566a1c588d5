package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.less;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.parameter;
import static io.spangraph.engine.optimize.rule.RuleFixture.pass;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.model.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushFilterThroughAggregateTest {
    private final Rule rule = new PushFilterThroughAggregate();

    @Test
    void filtersRowsByAKey() {
        assertThat(picture(
                        rule,
                        filter(count(as(get(S, "status"), X)), equal(ref(X), text("ok")), less(number(5), ref(Y)))))
                .isEqualTo("""
                        Filter x = 'ok' AND 5 < y
                          EagerAggregation count(*) AS y BY s.status AS x
                            NodeByLabelScan s:Span {*}
                        becomes
                        Filter 5 < y
                          EagerAggregation count(*) AS y BY s.status AS x
                            Filter s.status = 'ok'
                              NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void staysAboveAnAggregationWithoutKeys() {
        assertThat(picture(rule, filter(count(), equal(new Expression.Literal(Value.FALSE), parameter("p")))))
                .isEqualTo("""
                        stays
                        Filter false = $p
                          EagerAggregation count(*) AS y
                            NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void staysAboveForAKeyThatIsANode() {
        assertThat(picture(rule, filter(count(pass(S)), equal(get(S, "status"), text("ok")))))
                .isEqualTo("""
                        stays
                        Filter s.status = 'ok'
                          EagerAggregation count(*) AS y BY s
                            NodeByLabelScan s:Span {*}
                        """);
    }

    private static LogicalPlan count(LogicalPlan.Item... keys) {
        AggregateCall rows = new AggregateCall(AggregateCall.AggregateFunction.COUNT_ROWS, List.of(), false);
        return new LogicalPlan.Aggregate(
                scan(S, "Span"), List.of(keys), List.of(new LogicalPlan.AggregateItem(rows, Y)));
    }
}
