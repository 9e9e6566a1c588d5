package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushFilterThroughUnionTest {
    private final Rule rule = new PushFilterThroughUnion();

    @Test
    void filtersBothSidesUnderTheirOwnNames() {
        assertThat(picture(
                        rule,
                        filter(
                                new LogicalPlan.Union(
                                        project(scan(T, "Trace"), as(get(T, "name"), X)),
                                        project(scan(S, "Span"), as(get(S, "name"), Y)),
                                        List.of(X),
                                        List.of(Y)),
                                equal(ref(X), text("a")))))
                .isEqualTo("""
                        Filter x = 'a'
                          Union x
                            Projection t.name AS x
                              NodeByLabelScan t:Trace {*}
                            Projection s.name AS y
                              NodeByLabelScan s:Span {*}
                        becomes
                        Union x
                          Filter x = 'a'
                            Projection t.name AS x
                              NodeByLabelScan t:Trace {*}
                          Filter y = 'a'
                            Projection s.name AS y
                              NodeByLabelScan s:Span {*}
                        """);
    }
}
