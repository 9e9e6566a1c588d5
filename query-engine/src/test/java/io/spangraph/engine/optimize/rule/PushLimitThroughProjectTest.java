package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import org.junit.jupiter.api.Test;

class PushLimitThroughProjectTest {
    private final Rule rule = new PushLimitThroughProject();

    @Test
    void limitsBeforeComputing() {
        assertThat(picture(
                        rule,
                        new LogicalPlan.Limit(
                                new LogicalPlan.Skip(project(scan(S, "Span"), as(get(S, "name"), X)), number(2)),
                                number(3))))
                .isEqualTo("""
                        Limit 3
                          Skip 2
                            Projection s.name AS x
                              NodeByLabelScan s:Span {*}
                        becomes
                        Projection s.name AS x
                          Limit 3
                            Skip 2
                              NodeByLabelScan s:Span {*}
                        """);
    }
}
