package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.less;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.optimize.Rule;
import org.junit.jupiter.api.Test;

class MergeFiltersTest {
    private final Rule rule = new MergeFilters();

    @Test
    void makesOneOfTwo() {
        assertThat(picture(
                        rule,
                        filter(
                                filter(scan(S, "Span"), equal(get(S, "name"), text("a"))),
                                equal(get(S, "status"), text("ok")))))
                .isEqualTo("""
                        Filter s.status = 'ok'
                          Filter s.name = 'a'
                            NodeByLabelScan s:Span {*}
                        becomes
                        Filter s.name = 'a' AND s.status = 'ok'
                          NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void keepsTheFilterThatGuardsADivision() {
        assertThat(picture(
                        rule,
                        filter(
                                filter(scan(T, "Trace"), less(number(0), get(T, "total"))),
                                less(
                                        number(1),
                                        new Expression.Arithmetic(
                                                Expression.ArithmeticOperator.DIVIDE, number(6), get(T, "total"))))))
                .isEqualTo("""
                        stays
                        Filter 1 < 6 / t.total
                          Filter 0 < t.total
                            NodeByLabelScan t:Trace {*}
                        """);
    }
}
