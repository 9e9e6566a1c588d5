package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
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
import io.spangraph.model.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimplifyConditionTest {
    private final Rule rule = new SimplifyCondition();

    @Test
    void movesNotInwards() {
        assertThat(picture(
                        rule,
                        filter(
                                scan(S, "Span"),
                                new Expression.Not(new Expression.Or(List.of(
                                        equal(get(S, "status"), text("ok")),
                                        new Expression.IsNull(get(S, "name"), false)))))))
                .isEqualTo("""
                        Filter NOT (s.status = 'ok' OR s.name IS NULL)
                          NodeByLabelScan s:Span {*}
                        becomes
                        Filter s.status <> 'ok' AND s.name IS NOT NULL
                          NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void keepsNotBeforeAnInequalityBecauseOfNaN() {
        assertThat(picture(rule, filter(scan(S, "Span"), new Expression.Not(less(get(S, "name"), number(1))))))
                .isEqualTo("""
                        stays
                        Filter NOT s.name < 1
                          NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void dropsWhatIsAlwaysTrue() {
        assertThat(picture(rule, filter(scan(S, "Span"), new Expression.Literal(Value.TRUE))))
                .isEqualTo("""
                        Filter true
                          NodeByLabelScan s:Span {*}
                        becomes
                        NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void putsTheConstantOnTheRight() {
        assertThat(picture(rule, filter(scan(S, "Span"), less(number(10), get(S, "name")))))
                .isEqualTo("""
                        Filter 10 < s.name
                          NodeByLabelScan s:Span {*}
                        becomes
                        Filter s.name > 10
                          NodeByLabelScan s:Span {*}
                        """);
    }
}
