package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static io.spangraph.engine.optimize.rule.RuleFixture.walk;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.optimize.Rule;
import org.junit.jupiter.api.Test;

class PushFilterIntoExpandTest {
    private final Rule rule = new PushFilterIntoExpand();

    @Test
    void filtersTheSideThatTheConditionIsAbout() {
        assertThat(picture(
                        rule,
                        filter(
                                out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span")),
                                equal(get(T, "trace_id"), text("x")),
                                equal(get(R1, "weight"), number(1)),
                                equal(get(S, "status"), text("ok")),
                                equal(get(T, "name"), get(S, "name")))))
                .isEqualTo("""
                        Filter t.trace_id = 'x' AND r1.weight = 1 AND s.status = 'ok' AND t.name = s.name
                          Expand(All) (t)-[r1]->(s)
                            NodeByLabelScan t:Trace {*}
                            RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                            NodeByLabelScan s:Span {*}
                        becomes
                        Filter t.name = s.name
                          Expand(All) (t)-[r1]->(s)
                            Filter t.trace_id = 'x'
                              NodeByLabelScan t:Trace {*}
                            RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*} WHERE r1.weight = 1
                            NodeByLabelScan s:Span {*} WHERE s.status = 'ok'
                        """);
    }

    @Test
    void filtersTheEndsOfAWalkAndNotItsRelationships() {
        assertThat(picture(
                        rule,
                        filter(
                                walk(scan(S, "Span"), S, "CHILD_OF", scan(P, "Span")),
                                equal(get(S, "span_id"), text("x")),
                                equal(get(P, "status"), text("ok")),
                                new Expression.IsNull(ref(X), true))))
                .isEqualTo("""
                        Filter s.span_id = 'x' AND p.status = 'ok' AND x IS NOT NULL
                          VarLengthExpand(All) (s)-[x*1..]->(p)
                            NodeByLabelScan s:Span {*}
                            RelationshipTypeScan r1:CHILD_OF(Span,Span) {*}
                            NodeByLabelScan n:Agent|Trace|Span|Model {*}
                            NodeByLabelScan p:Span {*}
                        becomes
                        Filter x IS NOT NULL
                          VarLengthExpand(All) (s)-[x*1..]->(p)
                            Filter s.span_id = 'x'
                              NodeByLabelScan s:Span {*}
                            RelationshipTypeScan r1:CHILD_OF(Span,Span) {*}
                            NodeByLabelScan n:Agent|Trace|Span|Model {*}
                            NodeByLabelScan p:Span {*} WHERE p.status = 'ok'
                        """);
    }
}
