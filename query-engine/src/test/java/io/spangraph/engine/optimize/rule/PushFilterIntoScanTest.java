package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.parameter;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.optimize.Rule;
import org.junit.jupiter.api.Test;

class PushFilterIntoScanTest {
    private final Rule rule = new PushFilterIntoScan();

    @Test
    void handsConditionsToTheScan() {
        assertThat(picture(
                        rule,
                        filter(
                                scan(S, "Span"),
                                equal(get(S, "trace_id"), text("x")),
                                equal(get(S, "status"), parameter("status")))))
                .isEqualTo("""
                        Filter s.trace_id = 'x' AND s.status = $status
                          NodeByLabelScan s:Span {*}
                        becomes
                        NodeByLabelScan s:Span {*} WHERE s.trace_id = 'x' AND s.status = $status
                        """);
    }

    @Test
    void keepsAboveWhatMayFailAndWhatHasNoVariables() {
        assertThat(picture(
                        rule,
                        filter(
                                scan(S, "Span"),
                                equal(parameter("p"), number(1)),
                                new Expression.Property(new Expression.VariableRef(S), "status"))))
                .isEqualTo("""
                        stays
                        Filter $p = 1 AND s.status
                          NodeByLabelScan s:Span {*}
                        """);
    }
}
