package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.A;
import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.R2;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.in;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.pictureOfScans;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import org.junit.jupiter.api.Test;

class StartFromSelectiveEndTest {
    private final Rule rule = new StartFromSelectiveEnd();

    @Test
    void turnsAPatternRoundToItsKey() {
        assertThat(pictureOfScans(rule, filter(agentToSpan(), equal(get(S, "span_id"), text("x")))))
                .isEqualTo("""
                        Expand(All) (t)-[r2]->(s)
                          Expand(All) (a)-[r1]->(t)
                            NodeByLabelScan a:Agent {*}
                            RelationshipTypeScan r1:OWNS(Agent,Trace) {*}
                            NodeByLabelScan t:Trace {*}
                          RelationshipTypeScan r2:HAS_SPAN(Trace,Span) {*}
                          NodeByLabelScan s:Span {*} WHERE s.span_id = 'x'
                        becomes
                        Expand(All) (t)<-[r1]-(a)
                          Expand(All) (s)<-[r2]-(t)
                            NodeByLabelScan s:Span {*} WHERE s.span_id = 'x'
                            RelationshipTypeScan r2:<HAS_SPAN(Trace,Span) {*}
                            NodeByLabelScan t:Trace {*}
                          RelationshipTypeScan r1:<OWNS(Agent,Trace) {*}
                          NodeByLabelScan a:Agent {*}
                        """);
    }

    @Test
    void startsInTheMiddle() {
        assertThat(pictureOfScans(rule, filter(agentToSpan(), equal(get(T, "trace_id"), text("x")))))
                .isEqualTo("""
                        Expand(All) (t)-[r2]->(s)
                          Expand(All) (a)-[r1]->(t)
                            NodeByLabelScan a:Agent {*}
                            RelationshipTypeScan r1:OWNS(Agent,Trace) {*}
                            NodeByLabelScan t:Trace {*} WHERE t.trace_id = 'x'
                          RelationshipTypeScan r2:HAS_SPAN(Trace,Span) {*}
                          NodeByLabelScan s:Span {*}
                        becomes
                        Expand(All) (t)-[r2]->(s)
                          Expand(All) (t)<-[r1]-(a)
                            NodeByLabelScan t:Trace {*} WHERE t.trace_id = 'x'
                            RelationshipTypeScan r1:<OWNS(Agent,Trace) {*}
                            NodeByLabelScan a:Agent {*}
                          RelationshipTypeScan r2:HAS_SPAN(Trace,Span) {*}
                          NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void aSingleHopMeansTheSameFromBothEnds() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                in(scan(S, "Span"), S, R1, "HAS_SPAN", scan(T, "Trace")),
                                equal(get(T, "trace_id"), text("x")))))
                .isEqualTo("""
                        Expand(All) (s)<-[r1]-(t)
                          NodeByLabelScan s:Span {*}
                          RelationshipTypeScan r1:<HAS_SPAN(Trace,Span) {*}
                          NodeByLabelScan t:Trace {*} WHERE t.trace_id = 'x'
                        becomes
                        Expand(All) (t)-[r1]->(s)
                          NodeByLabelScan t:Trace {*} WHERE t.trace_id = 'x'
                          RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                          NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void staysWhereAFarEndOnTheWayMayHaveNoRow() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                out(
                                        in(scan(S, "Span"), S, R1, "HAS_SPAN", scan(T, "Trace")),
                                        T,
                                        R2,
                                        "HAS_SPAN",
                                        scan(P, "Span")),
                                equal(get(P, "span_id"), text("x")))))
                .startsWith("stays");
    }

    @Test
    void staysWhereTheStartHasAKeyToo() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                agentToSpan(),
                                equal(get(A, "agent_id"), text("x")),
                                equal(get(S, "span_id"), text("y")))))
                .isEqualTo("""
                        stays
                        Expand(All) (t)-[r2]->(s)
                          Expand(All) (a)-[r1]->(t)
                            NodeByLabelScan a:Agent {*} WHERE a.agent_id = 'x'
                            RelationshipTypeScan r1:OWNS(Agent,Trace) {*}
                            NodeByLabelScan t:Trace {*}
                          RelationshipTypeScan r2:HAS_SPAN(Trace,Span) {*}
                          NodeByLabelScan s:Span {*} WHERE s.span_id = 'y'
                        """);
    }

    private static LogicalPlan agentToSpan() {
        return out(out(scan(A, "Agent"), A, R1, "OWNS", scan(T, "Trace")), T, R2, "HAS_SPAN", scan(S, "Span"));
    }
}
