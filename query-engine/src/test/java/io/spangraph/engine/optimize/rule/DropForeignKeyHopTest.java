package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.A;
import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.R2;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.SCHEMA;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.in;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.pass;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.explain.PlanPrinter;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.optimize.Optimizer;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DropForeignKeyHopTest {
    private final Rule rule = new DropForeignKeyHop();

    private static LogicalPlan traceToSpan() {
        return out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span"));
    }

    /** With the relationship on the row of the span. */
    private String onRow(LogicalPlan plan) {
        LogicalPlan before = new Optimizer(List.of(
                        new ResolveLabels(),
                        new PushFilterIntoExpand(),
                        new PushFilterIntoScan(),
                        new ReadEdgeFromRow()))
                .optimize(plan, new RuleContext(SCHEMA, true, new AtomicInteger(1_000)))
                .plan();
        LogicalPlan after = new Optimizer(List.of(rule))
                .optimize(before, new RuleContext(SCHEMA, true, new AtomicInteger(1_000)))
                .plan();
        return after == before ? "stays" : PlanPrinter.print(after);
    }

    @Test
    void startsFromTheRowThatHasTheKey() {
        assertThat(onRow(project(traceToSpan(), as(get(T, "trace_id"), X)))).isEqualTo("""
                        Projection t.trace_id AS x
                          Expand(All) (s)<-[r1]-(t)
                            NodeByLabelScan s:Span {} with r1:<HAS_SPAN(Trace,Span) {}
                            EdgeOnRow r1:<HAS_SPAN(Trace,Span) on s {}
                            NodeByKey t:Trace {trace_id}
                        """);
    }

    @Test
    void readsNothingForTheFarEnd() {
        assertThat(picture(
                        rule,
                        project(in(scan(S, "Span"), S, R1, "HAS_SPAN", scan(T, "Trace")), as(get(T, "trace_id"), X))))
                .isEqualTo("""
                        Projection t.trace_id AS x
                          Expand(All) (s)<-[r1]-(t)
                            NodeByLabelScan s:Span {*}
                            RelationshipTypeScan r1:<HAS_SPAN(Trace,Span) {*}
                            NodeByLabelScan t:Trace {*}
                        becomes
                        Projection t.trace_id AS x
                          Expand(All) (s)<-[r1]-(t)
                            NodeByLabelScan s:Span {}
                            RelationshipTypeScan r1:<HAS_SPAN(Trace,Span) {}
                            NodeByKey t:Trace {trace_id}
                        """);
    }

    @Test
    void asksTheRowForWhatIsAskedOfTheKey() {
        assertThat(onRow(project(filter(traceToSpan(), equal(get(T, "trace_id"), text("x"))), as(get(S, "name"), X))))
                .isEqualTo("""
                        Projection s.name AS x
                          Expand(All) (s)<-[r1]-(t)
                            NodeByLabelScan s:Span {name, trace_id} with r1:<HAS_SPAN(Trace,Span) {} WHERE s.trace_id = 'x'
                            EdgeOnRow r1:<HAS_SPAN(Trace,Span) on s {}
                            NodeByKey t:Trace {trace_id}
                        """);
    }

    @Test
    void readsANodeThatIsAskedForMore() {
        assertThat(onRow(project(traceToSpan(), as(get(T, "name"), X)))).isEqualTo("stays");
        assertThat(onRow(project(traceToSpan(), pass(T)))).isEqualTo("stays");
    }

    @Test
    void readsANodeThatNobodyTrusts() {
        assertThat(onRow(project(out(scan(S, "Span"), S, R1, "CHILD_OF", scan(P, "Span")), as(get(P, "span_id"), X))))
                .isEqualTo("stays");
    }

    @Test
    void readsANodeOnWhoseRowARelationshipStands() {
        assertThat(onRow(project(
                        in(in(scan(S, "Span"), S, R1, "HAS_SPAN", scan(T, "Trace")), T, R2, "OWNS", scan(A, "Agent")),
                        as(get(S, "name"), X))))
                .isEqualTo("stays");
    }

    @Test
    void readsANodeThatIsComparedAsARow() {
        assertThat(onRow(project(
                        filter(
                                in(
                                        in(scan(S, "Span"), S, R1, "HAS_SPAN", scan(T, "Trace")),
                                        S,
                                        R2,
                                        "HAS_SPAN",
                                        scan(P, "Trace")),
                                new Expression.SameRow(T, P)),
                        as(get(S, "name"), X))))
                .isEqualTo("stays");
    }
}
