package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.N;
import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.edges;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.LogicalPlan;
import org.junit.jupiter.api.Test;

class ResolveLabelsTest {
    private final Rule rule = new ResolveLabels();

    @Test
    void givesTheTypesOfALabel() {
        assertThat(picture(rule, scan(S, "Span"))).isEqualTo("""
                        NodeByLabelScan s:Span
                        becomes
                        NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void givesAllTypesWithoutALabel() {
        assertThat(picture(rule, scan(N))).isEqualTo("""
                        AllNodesScan n
                        becomes
                        NodeByLabelScan n:Agent|Trace|Span|Model {*}
                        """);
    }

    @Test
    void givesNoTypeToAnUnknownLabel() {
        assertThat(picture(rule, scan(N, "Spam"))).isEqualTo("""
                        NodeByLabelScan n:Spam
                        becomes
                        NodeByLabelScan n:(no type) {*}
                        """);
    }

    @Test
    void walksAnUndirectedRelationshipBothWaysAndALoopOnce() {
        assertThat(picture(
                        rule,
                        new LogicalPlan.Expand(
                                scan(S, "Span"), S, R1, P, edges(R1, Direction.BOTH, "CHILD_OF", "OWNS"), scan(P))))
                .isEqualTo("""
                        Expand(All) (s)-[r1]-(p)
                          NodeByLabelScan s:Span
                          RelationshipTypeScan -[r1:CHILD_OF|OWNS]-
                          AllNodesScan p
                        becomes
                        Expand(All) (s)-[r1]-(p)
                          NodeByLabelScan s:Span {*}
                          RelationshipTypeScan r1:OWNS(Agent,Trace)|<OWNS(Agent,Trace)|CHILD_OF(Span,Span)|<CHILD_OF(Span,Span) {*}
                          NodeByLabelScan p:Agent|Trace|Span|Model {*}
                        """);
    }
}
