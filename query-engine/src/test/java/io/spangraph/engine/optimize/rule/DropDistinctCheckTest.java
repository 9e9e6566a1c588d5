package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.A;
import static io.spangraph.engine.optimize.rule.RuleFixture.N;
import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.R2;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.in;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropDistinctCheckTest {
    private final Rule rule = new DropDistinctCheck();

    @Test
    void dropsTheTestForDifferentTypes() {
        assertThat(picture(rule, filter(agentToSpan(), new Expression.DistinctRelationships(List.of(R1, R2)))))
                .isEqualTo("""
                        Filter distinctRelationships(r1, r2)
                          Expand(All) (t)-[r2]->(s)
                            Expand(All) (a)-[r1]->(t)
                              NodeByLabelScan a:Agent {*}
                              RelationshipTypeScan r1:OWNS(Agent,Trace) {*}
                              NodeByLabelScan t:Trace {*}
                            RelationshipTypeScan r2:HAS_SPAN(Trace,Span) {*}
                            NodeByLabelScan s:Span {*}
                        becomes
                        Expand(All) (t)-[r2]->(s)
                          Expand(All) (a)-[r1]->(t)
                            NodeByLabelScan a:Agent {*}
                            RelationshipTypeScan r1:OWNS(Agent,Trace) {*}
                            NodeByLabelScan t:Trace {*}
                          RelationshipTypeScan r2:HAS_SPAN(Trace,Span) {*}
                          NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void keepsItForTheSameType() {
        assertThat(picture(
                        rule,
                        filter(
                                in(
                                        in(scan(S, "Span"), S, R1, "CHILD_OF", scan(P, "Span")),
                                        P,
                                        R2,
                                        "CHILD_OF",
                                        scan(N, "Span")),
                                new Expression.DistinctRelationships(List.of(R1, R2)))))
                .isEqualTo("""
                        stays
                        Filter distinctRelationships(r1, r2)
                          Expand(All) (p)<-[r2]-(n)
                            Expand(All) (s)<-[r1]-(p)
                              NodeByLabelScan s:Span {*}
                              RelationshipTypeScan r1:<CHILD_OF(Span,Span) {*}
                              NodeByLabelScan p:Span {*}
                            RelationshipTypeScan r2:<CHILD_OF(Span,Span) {*}
                            NodeByLabelScan n:Span {*}
                        """);
    }

    private static LogicalPlan agentToSpan() {
        return out(out(scan(A, "Agent"), A, R1, "OWNS", scan(T, "Trace")), T, R2, "HAS_SPAN", scan(S, "Span"));
    }
}
