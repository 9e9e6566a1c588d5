package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.A;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushFilterIntoJoinTest {
    private final Rule rule = new PushFilterIntoJoin();

    @Test
    void filtersASideAndMakesAProductAJoin() {
        assertThat(picture(
                        rule,
                        filter(
                                new LogicalPlan.Join(scan(A, "Agent"), scan(S, "Span"), List.of()),
                                equal(get(A, "name"), get(S, "name")),
                                equal(get(S, "status"), text("ok")))))
                .isEqualTo("""
                        Filter a.name = s.name AND s.status = 'ok'
                          CartesianProduct
                            NodeByLabelScan a:Agent {*}
                            NodeByLabelScan s:Span {*}
                        becomes
                        Join a.name = s.name
                          NodeByLabelScan a:Agent {*}
                          Filter s.status = 'ok'
                            NodeByLabelScan s:Span {*}
                        """);
    }
}
