package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.N;
import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.edges;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.in;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.parameter;
import static io.spangraph.engine.optimize.rule.RuleFixture.pictureOfScans;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.shortest;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static io.spangraph.engine.optimize.rule.RuleFixture.walk;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class CarryKeyPredicatesTest {
    private final Rule rule = new CarryKeyPredicates();

    @Test
    void carriesTheKeyOfATraceToItsSpans() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span")),
                                equal(get(T, "trace_id"), text("x")))))
                .isEqualTo("""
                        Expand(All) (t)-[r1]->(s)
                          NodeByLabelScan t:Trace {*} WHERE t.trace_id = 'x'
                          RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                          NodeByLabelScan s:Span {*}
                        becomes
                        Expand(All) (t)-[r1]->(s)
                          NodeByLabelScan t:Trace {*} WHERE t.trace_id = 'x'
                          RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*} WHERE r1.#near0 = 'x'
                          NodeByLabelScan s:Span {*} WHERE s.trace_id = 'x'
                        """);
    }

    @Test
    void carriesAScopeAlongAWalk() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                walk(scan(S, "Span"), S, "CHILD_OF", scan(P, "Span")),
                                equal(get(S, "trace_id"), parameter("trace")))))
                .isEqualTo("""
                        VarLengthExpand(All) (s)-[x*1..]->(p)
                          NodeByLabelScan s:Span {*} WHERE s.trace_id = $trace
                          RelationshipTypeScan r1:CHILD_OF(Span,Span) {*}
                          NodeByLabelScan n:Agent|Trace|Span|Model {*}
                          NodeByLabelScan p:Span {*}
                        becomes
                        VarLengthExpand(All) (s)-[x*1..]->(p)
                          NodeByLabelScan s:Span {*} WHERE s.trace_id = $trace
                          RelationshipTypeScan r1:CHILD_OF(Span,Span) {*} WHERE r1.#scope0 = $trace
                          NodeByLabelScan n:Agent|Trace|Span|Model {*} WHERE n.trace_id = $trace
                          NodeByLabelScan p:Span {*} WHERE p.trace_id = $trace
                        """);
    }

    @Test
    void carriesAScopeOfEitherEndToAShortestPath() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                shortest(
                                        new LogicalPlan.Join(scan(S, "Span"), scan(P, "Span"), List.of()),
                                        S,
                                        "CHILD_OF",
                                        P,
                                        false),
                                equal(get(P, "trace_id"), parameter("trace")))))
                .isEqualTo("""
                        ShortestPath (s)-[x*1..]->(p)
                          Filter p.trace_id = $trace
                            CartesianProduct
                              NodeByLabelScan s:Span {*}
                              NodeByLabelScan p:Span {*}
                          RelationshipTypeScan r1:CHILD_OF(Span,Span) {*}
                          NodeByLabelScan n:Agent|Trace|Span|Model {*}
                        becomes
                        ShortestPath (s)-[x*1..]->(p)
                          Filter p.trace_id = $trace
                            CartesianProduct
                              NodeByLabelScan s:Span {*} WHERE s.trace_id = $trace
                              NodeByLabelScan p:Span {*} WHERE p.trace_id = $trace
                          RelationshipTypeScan r1:CHILD_OF(Span,Span) {*} WHERE r1.#scope0 = $trace
                          NodeByLabelScan n:Agent|Trace|Span|Model {*} WHERE n.trace_id = $trace
                        """);
    }

    @Test
    void carriesNoKeyAlongAWalk() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                walk(scan(S, "Span"), S, "CHILD_OF", scan(P, "Span")),
                                equal(get(S, "span_id"), text("x")))))
                .isEqualTo("""
                        stays
                        VarLengthExpand(All) (s)-[x*1..]->(p)
                          NodeByLabelScan s:Span {*} WHERE s.span_id = 'x'
                          RelationshipTypeScan r1:CHILD_OF(Span,Span) {*}
                          NodeByLabelScan n:Agent|Trace|Span|Model {*}
                          NodeByLabelScan p:Span {*}
                        """);
    }

    @Test
    void carriesIntoAnOptionalMatchAndNotOut() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                optional(filter(
                                        out(new LogicalPlan.Argument(List.of(T)), T, R1, "HAS_SPAN", scan(S, "Span")),
                                        equal(get(S, "trace_id"), text("y")))),
                                equal(get(T, "trace_id"), text("x")))))
                .isEqualTo("""
                        OptionalApply
                          NodeByLabelScan t:Trace {*} WHERE t.trace_id = 'x'
                          Expand(All) (t)-[r1]->(s)
                            Argument t
                            RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                            NodeByLabelScan s:Span {*} WHERE s.trace_id = 'y'
                        becomes
                        OptionalApply
                          NodeByLabelScan t:Trace {*} WHERE t.trace_id = 'x'
                          Expand(All) (t)-[r1]->(s)
                            Argument t
                            RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*} WHERE r1.#near0 = 'x' AND r1.#near0 = 'y'
                            NodeByLabelScan s:Span {*} WHERE s.trace_id = 'y' AND s.trace_id = 'x'
                        """);
    }

    @Test
    void carriesOnlyTheKeyToATrustedVertex() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                in(scan(S, "Span"), S, R1, "HAS_SPAN", scan(T, "Trace")),
                                equal(get(S, "trace_id"), text("x")),
                                equal(get(S, "name"), text("a")))))
                .isEqualTo("""
                        Expand(All) (s)<-[r1]-(t)
                          NodeByLabelScan s:Span {*} WHERE s.name = 'a' AND s.trace_id = 'x'
                          RelationshipTypeScan r1:<HAS_SPAN(Trace,Span) {*}
                          NodeByLabelScan t:Trace {*}
                        becomes
                        Expand(All) (s)<-[r1]-(t)
                          NodeByLabelScan s:Span {*} WHERE s.name = 'a' AND s.trace_id = 'x'
                          RelationshipTypeScan r1:<HAS_SPAN(Trace,Span) {*} WHERE r1.#far0 = 'x'
                          NodeByLabelScan t:Trace {*} WHERE t.trace_id = 'x'
                        """);
    }

    @Test
    void carriesNothingThatOnlySomeTypesImply() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                new LogicalPlan.Expand(
                                        scan(S, "Span"),
                                        S,
                                        R1,
                                        N,
                                        edges(R1, Direction.OUTGOING, "CHILD_OF", "USES"),
                                        scan(N)),
                                equal(get(S, "trace_id"), text("x")))))
                .isEqualTo("""
                        stays
                        Expand(All) (s)-[r1]->(n)
                          NodeByLabelScan s:Span {*} WHERE s.trace_id = 'x'
                          RelationshipTypeScan r1:CHILD_OF(Span,Span)|USES(Span,Model) {*}
                          NodeByLabelScan n:Agent|Trace|Span|Model {*}
                        """);
    }

    private static LogicalPlan optional(LogicalPlan inner) {
        return new LogicalPlan.Apply(scan(T, "Trace"), inner, LogicalPlan.ApplyKind.OPTIONAL);
    }
}
