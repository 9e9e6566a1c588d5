package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushFilterIntoApplyTest {
    private final Rule rule = new PushFilterIntoApply();

    @Test
    void filtersTheOuterSideOfAnOptionalMatchAndNotTheInner() {
        assertThat(picture(
                        rule,
                        filter(optional(), equal(get(T, "name"), text("a")), equal(get(S, "status"), text("ok")))))
                .isEqualTo("""
                        Filter t.name = 'a' AND s.status = 'ok'
                          OptionalApply
                            NodeByLabelScan t:Trace {*}
                            Expand(All) (t)-[r1]->(s)
                              Argument t
                              RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                              NodeByLabelScan s:Span {*}
                        becomes
                        Filter s.status = 'ok'
                          OptionalApply
                            Filter t.name = 'a'
                              NodeByLabelScan t:Trace {*}
                            Expand(All) (t)-[r1]->(s)
                              Argument t
                              RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                              NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void filtersTheInnerSideOfOtherSubqueries() {
        assertThat(picture(
                        rule,
                        filter(
                                new LogicalPlan.Apply(
                                        optional().outer(), optional().inner(), LogicalPlan.ApplyKind.INNER),
                                equal(get(S, "status"), text("ok")))))
                .isEqualTo("""
                        Filter s.status = 'ok'
                          Apply
                            NodeByLabelScan t:Trace {*}
                            Expand(All) (t)-[r1]->(s)
                              Argument t
                              RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                              NodeByLabelScan s:Span {*}
                        becomes
                        Apply
                          NodeByLabelScan t:Trace {*}
                          Filter s.status = 'ok'
                            Expand(All) (t)-[r1]->(s)
                              Argument t
                              RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                              NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void filtersBeforeExists() {
        assertThat(picture(
                        rule,
                        filter(
                                new LogicalPlan.SemiApply(
                                        optional().outer(), optional().inner(), true),
                                equal(get(T, "name"), text("a")))))
                .isEqualTo("""
                        Filter t.name = 'a'
                          AntiSemiApply
                            NodeByLabelScan t:Trace {*}
                            Expand(All) (t)-[r1]->(s)
                              Argument t
                              RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                              NodeByLabelScan s:Span {*}
                        becomes
                        AntiSemiApply
                          Filter t.name = 'a'
                            NodeByLabelScan t:Trace {*}
                          Expand(All) (t)-[r1]->(s)
                            Argument t
                            RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                            NodeByLabelScan s:Span {*}
                        """);
    }

    private static LogicalPlan.Apply optional() {
        return new LogicalPlan.Apply(
                scan(T, "Trace"),
                out(new LogicalPlan.Argument(List.of(T)), T, R1, "HAS_SPAN", scan(S, "Span")),
                LogicalPlan.ApplyKind.OPTIONAL);
    }
}
