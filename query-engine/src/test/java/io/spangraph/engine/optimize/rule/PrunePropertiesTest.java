package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.pass;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.pictureOfScans;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static io.spangraph.engine.optimize.rule.RuleFixture.walk;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrunePropertiesTest {
    private final Rule rule = new PruneProperties();

    @Test
    void readsWhatIsAskedFor() {
        assertThat(pictureOfScans(
                        rule,
                        project(
                                filter(
                                        out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span")),
                                        equal(get(S, "status"), text("ok"))),
                                as(get(T, "name"), X))))
                .isEqualTo("""
                        Projection t.name AS x
                          Expand(All) (t)-[r1]->(s)
                            NodeByLabelScan t:Trace {*}
                            RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                            NodeByLabelScan s:Span {*} WHERE s.status = 'ok'
                        becomes
                        Projection t.name AS x
                          Expand(All) (t)-[r1]->(s)
                            NodeByLabelScan t:Trace {name}
                            RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {}
                            NodeByLabelScan s:Span {status} WHERE s.status = 'ok'
                        """);
    }

    @Test
    void readsAllButLazyPropertiesOfAWholeNode() {
        assertThat(picture(rule, project(scan(S, "Span"), pass(S)))).isEqualTo("""
                        Projection s
                          NodeByLabelScan s:Span {*}
                        becomes
                        Projection s
                          NodeByLabelScan s:Span {model_id, name, parent_id, span_id, status, trace_id}
                        """);
    }

    @Test
    void readsALazyPropertyThatIsNamed() {
        assertThat(picture(rule, project(scan(S, "Span"), as(get(S, "input"), X))))
                .isEqualTo("""
                        Projection s.input AS x
                          NodeByLabelScan s:Span {*}
                        becomes
                        Projection s.input AS x
                          NodeByLabelScan s:Span {input}
                        """);
    }

    @Test
    void readsNothingToCount() {
        assertThat(picture(
                        rule,
                        new LogicalPlan.Aggregate(
                                scan(S, "Span"),
                                List.of(),
                                List.of(new LogicalPlan.AggregateItem(
                                        new AggregateCall(AggregateCall.AggregateFunction.COUNT, List.of(ref(S)), true),
                                        X)))))
                .isEqualTo("""
                        EagerAggregation count(DISTINCT s) AS x
                          NodeByLabelScan s:Span {*}
                        becomes
                        EagerAggregation count(DISTINCT s) AS x
                          NodeByLabelScan s:Span {}
                        """);
    }

    @Test
    void asksTheOuterSideForWhatASubqueryNeeds() {
        assertThat(picture(
                        rule,
                        project(
                                new LogicalPlan.Apply(
                                        scan(T, "Trace"),
                                        filter(
                                                out(
                                                        new LogicalPlan.Argument(List.of(T)),
                                                        T,
                                                        R1,
                                                        "HAS_SPAN",
                                                        scan(S, "Span")),
                                                equal(get(S, "name"), get(T, "name"))),
                                        LogicalPlan.ApplyKind.OPTIONAL),
                                as(get(S, "status"), X))))
                .isEqualTo("""
                        Projection s.status AS x
                          OptionalApply
                            NodeByLabelScan t:Trace {*}
                            Filter s.name = t.name
                              Expand(All) (t)-[r1]->(s)
                                Argument t
                                RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                                NodeByLabelScan s:Span {*}
                        becomes
                        Projection s.status AS x
                          OptionalApply
                            NodeByLabelScan t:Trace {name}
                            Filter s.name = t.name
                              Expand(All) (t)-[r1]->(s)
                                Argument t
                                RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {}
                                NodeByLabelScan s:Span {name, status}
                        """);
    }

    @Test
    void readsRelationshipsOfAWalkOnlyForThoseWhoReadIt() {
        assertThat(picture(rule, project(walk(scan(S, "Span"), S, "CHILD_OF", scan(P, "Span")), pass(X))))
                .isEqualTo("""
                        Projection x
                          VarLengthExpand(All) (s)-[x*1..]->(p)
                            NodeByLabelScan s:Span {*}
                            RelationshipTypeScan r1:CHILD_OF(Span,Span) {*}
                            NodeByLabelScan n:Agent|Trace|Span|Model {*}
                            NodeByLabelScan p:Span {*}
                        becomes
                        Projection x
                          VarLengthExpand(All) (s)-[x*1..]->(p)
                            NodeByLabelScan s:Span {}
                            RelationshipTypeScan r1:CHILD_OF(Span,Span) {weight}
                            NodeByLabelScan n:Agent|Trace|Span|Model {}
                            NodeByLabelScan p:Span {}
                        """);
    }
}
