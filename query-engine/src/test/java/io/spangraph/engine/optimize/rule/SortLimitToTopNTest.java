package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.parameter;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class SortLimitToTopNTest {
    private final Rule rule = new SortLimitToTopN();

    @Test
    void keepsTheFirstRowsOnly() {
        assertThat(picture(
                        rule,
                        new LogicalPlan.Limit(
                                new LogicalPlan.Sort(
                                        scan(S, "Span"), List.of(new LogicalPlan.SortKey(get(S, "name"), true))),
                                number(3))))
                .isEqualTo("""
                        Limit 3
                          Sort s.name DESC
                            NodeByLabelScan s:Span {*}
                        becomes
                        Top s.name DESC LIMIT 3
                          NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void skipsBeforeItLimits() {
        assertThat(picture(
                        rule,
                        new LogicalPlan.Limit(
                                new LogicalPlan.Skip(
                                        new LogicalPlan.Sort(
                                                scan(S, "Span"),
                                                List.of(new LogicalPlan.SortKey(get(S, "name"), false))),
                                        number(2)),
                                parameter("n"))))
                .isEqualTo("""
                        Limit $n
                          Skip 2
                            Sort s.name
                              NodeByLabelScan s:Span {*}
                        becomes
                        Top s.name SKIP 2 LIMIT $n
                          NodeByLabelScan s:Span {*}
                        """);
    }
}
