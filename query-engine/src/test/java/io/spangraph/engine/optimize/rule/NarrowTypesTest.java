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
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.pictureOfScans;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.walk;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class NarrowTypesTest {
    private final Rule rule = new NarrowTypes();

    @Test
    void dropsTypesThatLackAPropertyThatIsNeeded() {
        assertThat(pictureOfScans(rule, filter(scan(N), equal(get(N, "total"), number(1)))))
                .isEqualTo("""
                        NodeByLabelScan n:Agent|Trace|Span|Model {*} WHERE n.total = 1
                        becomes
                        NodeByLabelScan n:Trace {*} WHERE n.total = 1
                        """);
    }

    @Test
    void keepsTypesForWhichNullIsAnAnswer() {
        assertThat(pictureOfScans(rule, filter(scan(N), new Expression.IsNull(get(N, "total"), false))))
                .isEqualTo("""
                        stays
                        NodeByLabelScan n:Agent|Trace|Span|Model {*} WHERE n.total IS NULL
                        """);
    }

    @Test
    void dropsTypesThatNoRelationshipConnects() {
        assertThat(picture(
                        rule,
                        new LogicalPlan.Expand(scan(N), N, R1, S, edges(R1, Direction.OUTGOING), scan(S, "Model"))))
                .isEqualTo("""
                        Expand(All) (n)-[r1]->(s)
                          NodeByLabelScan n:Agent|Trace|Span|Model {*}
                          RelationshipTypeScan r1:OWNS(Agent,Trace)|HAS_SPAN(Trace,Span)|CHILD_OF(Span,Span)|USES(Span,Model)|SIMILAR(Span,Span) {*}
                          NodeByLabelScan s:Model {*}
                        becomes
                        Expand(All) (n)-[r1]->(s)
                          NodeByLabelScan n:Span {*}
                          RelationshipTypeScan r1:USES(Span,Model) {*}
                          NodeByLabelScan s:Model {*}
                        """);
    }

    @Test
    void followsAWalkFromItsStart() {
        assertThat(picture(rule, walk(scan(S, "Span"), S, "CHILD_OF", scan(P)))).isEqualTo("""
                        VarLengthExpand(All) (s)-[x*1..]->(p)
                          NodeByLabelScan s:Span {*}
                          RelationshipTypeScan r1:CHILD_OF(Span,Span) {*}
                          NodeByLabelScan n:Agent|Trace|Span|Model {*}
                          NodeByLabelScan p:Agent|Trace|Span|Model {*}
                        becomes
                        VarLengthExpand(All) (s)-[x*1..]->(p)
                          NodeByLabelScan s:Span {*}
                          RelationshipTypeScan r1:CHILD_OF(Span,Span) {*}
                          NodeByLabelScan n:Span {*}
                          NodeByLabelScan p:Span {*}
                        """);
    }

    @Test
    void knowsTheTypesOfOuterNodesInASubquery() {
        assertThat(picture(
                        rule,
                        new LogicalPlan.Apply(
                                scan(T, "Trace"),
                                out(new LogicalPlan.Argument(List.of(T)), T, R1, "HAS_SPAN", scan(N)),
                                LogicalPlan.ApplyKind.OPTIONAL)))
                .isEqualTo("""
                        OptionalApply
                          NodeByLabelScan t:Trace {*}
                          Expand(All) (t)-[r1]->(n)
                            Argument t
                            RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                            NodeByLabelScan n:Agent|Trace|Span|Model {*}
                        becomes
                        OptionalApply
                          NodeByLabelScan t:Trace {*}
                          Expand(All) (t)-[r1]->(n)
                            Argument t
                            RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                            NodeByLabelScan n:Span {*}
                        """);
    }
}
