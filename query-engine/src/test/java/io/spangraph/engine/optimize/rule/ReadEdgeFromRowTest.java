package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.R2;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.pictureOfScans;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import org.junit.jupiter.api.Test;

class ReadEdgeFromRowTest {
    private final Rule rule = new ReadEdgeFromRow();

    @Test
    void readsTheRelationshipFromItsTarget() {
        assertThat(picture(rule, out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span"))))
                .isEqualTo("""
                        Expand(All) (t)-[r1]->(s)
                          NodeByLabelScan t:Trace {*}
                          RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                          NodeByLabelScan s:Span {*}
                        becomes
                        Expand(All) (t)-[r1]->(s)
                          NodeByLabelScan t:Trace {*}
                          EdgeOnRow r1:HAS_SPAN(Trace,Span) on s {*}
                          NodeByLabelScan s:Span {*} with r1:HAS_SPAN(Trace,Span) {*}
                        """);
    }

    @Test
    void readsItFromWhereTheHopComesFrom() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                out(scan(S, "Span"), S, R1, "CHILD_OF", scan(P, "Span")),
                                equal(get(R1, "weight"), number(1)))))
                .isEqualTo("""
                        Expand(All) (s)-[r1]->(p)
                          NodeByLabelScan s:Span {*}
                          RelationshipTypeScan r1:CHILD_OF(Span,Span) {*} WHERE r1.weight = 1
                          NodeByLabelScan p:Span {*}
                        becomes
                        Expand(All) (s)-[r1]->(p)
                          NodeByLabelScan s:Span {*} with r1:CHILD_OF(Span,Span) {*} WHERE r1.weight = 1
                          EdgeOnRow r1:CHILD_OF(Span,Span) on s {*}
                          NodeByLabelScan p:Span {*}
                        """);
    }

    @Test
    void readsTwoFromOneRow() {
        assertThat(picture(
                        rule,
                        out(
                                out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span")),
                                S,
                                R2,
                                "CHILD_OF",
                                scan(P, "Span"))))
                .isEqualTo("""
                        Expand(All) (s)-[r2]->(p)
                          Expand(All) (t)-[r1]->(s)
                            NodeByLabelScan t:Trace {*}
                            RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                            NodeByLabelScan s:Span {*}
                          RelationshipTypeScan r2:CHILD_OF(Span,Span) {*}
                          NodeByLabelScan p:Span {*}
                        becomes
                        Expand(All) (s)-[r2]->(p)
                          Expand(All) (t)-[r1]->(s)
                            NodeByLabelScan t:Trace {*}
                            EdgeOnRow r1:HAS_SPAN(Trace,Span) on s {*}
                            NodeByLabelScan s:Span {*} with r2:CHILD_OF(Span,Span) {*}, r1:HAS_SPAN(Trace,Span) {*}
                          EdgeOnRow r2:CHILD_OF(Span,Span) on s {*}
                          NodeByLabelScan p:Span {*}
                        """);
    }

    @Test
    void staysBelowALimit() {
        assertThat(picture(
                        rule,
                        out(new LogicalPlan.Limit(scan(S, "Span"), number(3)), S, R1, "CHILD_OF", scan(P, "Span"))))
                .isEqualTo("""
                        stays
                        Expand(All) (s)-[r1]->(p)
                          Limit 3
                            NodeByLabelScan s:Span {*}
                          RelationshipTypeScan r1:CHILD_OF(Span,Span) {*}
                          NodeByLabelScan p:Span {*}
                        """);
    }

    @Test
    void staysForAnEdgeTable() {
        assertThat(picture(rule, out(scan(S, "Span"), S, R1, "SIMILAR", scan(P, "Span"))))
                .isEqualTo("""
                        stays
                        Expand(All) (s)-[r1]->(p)
                          NodeByLabelScan s:Span {*}
                          RelationshipTypeScan r1:SIMILAR(Span,Span) {*}
                          NodeByLabelScan p:Span {*}
                        """);
    }
}
