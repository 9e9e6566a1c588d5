package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushFilterThroughSortTest {
    private final Rule rule = new PushFilterThroughSort();

    @Test
    void filtersBeforeSorting() {
        assertThat(picture(
                        rule,
                        filter(
                                new LogicalPlan.Sort(
                                        scan(S, "Span"), List.of(new LogicalPlan.SortKey(get(S, "name"), true))),
                                equal(get(S, "status"), text("ok")))))
                .isEqualTo("""
                        Filter s.status = 'ok'
                          Sort s.name DESC
                            NodeByLabelScan s:Span {*}
                        becomes
                        Sort s.name DESC
                          Filter s.status = 'ok'
                            NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void filtersBeforeDistinct() {
        assertThat(picture(
                        rule, filter(new LogicalPlan.Distinct(scan(S, "Span")), equal(get(S, "status"), text("ok")))))
                .isEqualTo("""
                        Filter s.status = 'ok'
                          Distinct s
                            NodeByLabelScan s:Span {*}
                        becomes
                        Distinct s
                          Filter s.status = 'ok'
                            NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void staysAboveALimit() {
        assertThat(picture(
                        rule,
                        filter(new LogicalPlan.Limit(scan(S, "Span"), number(3)), equal(get(S, "status"), text("ok")))))
                .isEqualTo("""
                        stays
                        Filter s.status = 'ok'
                          Limit 3
                            NodeByLabelScan s:Span {*}
                        """);
    }
}
