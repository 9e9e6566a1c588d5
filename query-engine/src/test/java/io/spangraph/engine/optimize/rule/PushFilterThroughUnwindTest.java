package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.parameter;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import org.junit.jupiter.api.Test;

class PushFilterThroughUnwindTest {
    private final Rule rule = new PushFilterThroughUnwind();

    @Test
    void filtersBeforeUnwinding() {
        assertThat(picture(
                        rule,
                        filter(
                                new LogicalPlan.Unwind(scan(T, "Trace"), parameter("list"), X),
                                equal(get(T, "name"), text("a")),
                                equal(ref(X), number(1)))))
                .isEqualTo("""
                        Filter t.name = 'a' AND x = 1
                          Unwind $list AS x
                            NodeByLabelScan t:Trace {*}
                        becomes
                        Filter x = 1
                          Unwind $list AS x
                            Filter t.name = 'a'
                              NodeByLabelScan t:Trace {*}
                        """);
    }
}
