package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.N;
import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.R2;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.in;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.pass;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.plan.LogicalPlan;
import org.junit.jupiter.api.Test;

class MeetKnownNodeTest {
    private final MeetKnownNode rule = new MeetKnownNode();

    /** Two spans that are similar in both directions. */
    private static LogicalPlan similarBothWays() {
        LogicalPlan there = out(scan(S, "Span"), S, R1, "SIMILAR", scan(P, "Span"));
        return filter(out(there, P, R2, "SIMILAR", scan(N, "Span")), new SameRow(S, N));
    }

    @Test
    void comparesKeysWithBothEnds() {
        assertThat(picture(rule, project(similarBothWays(), as(get(P, "name"), X))))
                .isEqualTo("""
                        Projection p.name AS x
                          Filter sameRow(s, n)
                            Expand(All) (p)-[r2]->(n)
                              Expand(All) (s)-[r1]->(p)
                                NodeByLabelScan s:Span {*}
                                RelationshipTypeScan r1:SIMILAR(Span,Span) {*}
                                NodeByLabelScan p:Span {*}
                              RelationshipTypeScan r2:SIMILAR(Span,Span) {*}
                              NodeByLabelScan n:Span {*}
                        becomes
                        Projection p.name AS x
                          Filter s.#tenant = r2.#tenant AND s.trace_id = r2.#scope0 AND s.#key0 = r2.#far0
                            Expand(All) (p)-[r2]->(n)
                              Expand(All) (s)-[r1]->(p)
                                NodeByLabelScan s:Span {*}
                                RelationshipTypeScan r1:SIMILAR(Span,Span) {*}
                                NodeByLabelScan p:Span {*}
                              RelationshipTypeScan r2:SIMILAR(Span,Span) {*}
                              NodeByKey n:Span {*}
                        """);
    }

    @Test
    void readsANodeThatIsAskedForMore() {
        assertThat(picture(rule, project(similarBothWays(), as(get(N, "name"), X))))
                .startsWith("stays");
        assertThat(picture(rule, project(similarBothWays(), pass(N)))).startsWith("stays");
    }

    @Test
    void readsANodeThatMayExistByTrustWhereTheEdgeDoesNotTrust() {
        LogicalPlan traces =
                in(out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span")), S, R2, "HAS_SPAN", scan(N, "Trace"));
        assertThat(picture(rule, project(filter(traces, new SameRow(T, N)), as(get(S, "name"), X))))
                .contains("becomes");
        LogicalPlan owners =
                out(in(scan(S, "Span"), S, R1, "HAS_SPAN", scan(T, "Trace")), T, R2, "HAS_SPAN", scan(P, "Span"));
        assertThat(picture(rule, project(filter(owners, new SameRow(S, P)), as(get(S, "name"), X))))
                .startsWith("stays");
    }
}
