package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.R2;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.in;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.QueryPlan.Mode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which side of a join is held, and what becomes of EXISTS; four traces of five spans each. */
class JoinSidesTest {
    private final SpanTables tables = new SpanTables();

    private List<String> joins(LogicalPlan plan) {
        LogicalPlan names = project(plan, as(get(T, "trace_id"), X), as(get(T, "name"), Y));
        try (ResultCursor cursor = tables.run(SpanTables.query(Mode.EXPLAIN, names, X, Y), SpanTables.everyTenant())) {
            return flat(cursor.plan().orElseThrow())
                    .filter(each ->
                            each.operator().contains("Join") || each.operator().contains("Apply"))
                    .map(each ->
                            each.operator() + ": " + each.children().getFirst().details())
                    .toList();
        }
    }

    private static Stream<PlanDescription> flat(PlanDescription plan) {
        return Stream.concat(Stream.of(plan), plan.children().stream().flatMap(JoinSidesTest::flat));
    }

    private static LogicalPlan spansOfTrace() {
        return out(new Argument(List.of(T)), T, R1, "HAS_SPAN", scan(S, "Span"));
    }

    private List<String> names(LogicalPlan plan) {
        return tables.rows(project(plan, as(get(T, "trace_id"), X)), SpanTables.acme(), X);
    }

    @Test
    void theSmallerSideIsHeldWhicheverEndAPatternStartsFrom() {
        LogicalPlan owned = out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span"));
        LogicalPlan found = in(scan(S, "Span"), S, R1, "HAS_SPAN", scan(T, "Trace"));
        for (LogicalPlan hop : List.of(owned, found)) {
            assertThat(joins(filter(hop, equal(get(T, "name"), text("x")))))
                    .containsExactly("HashJoin: t:Trace WHERE t.name = 'x'");
        }
    }

    @Test
    void existsIsAJoinThatHoldsTheFewerOuterRows() {
        LogicalPlan plan = new SemiApply(scan(T, "Trace"), spansOfTrace(), false);
        assertThat(joins(plan)).containsExactly("SemiHashJoin: t:Trace");
        assertThat(names(plan)).containsExactlyInAnyOrder("acme-t0", "acme-t1", "acme-t2", "acme-t3");
    }

    @Test
    void manyOuterRowsStreamByWhatIsLookedUp() {
        LogicalPlan spans = out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span"));
        LogicalPlan similarToItself =
                filter(out(new Argument(List.of(T, R1, S)), S, R2, "SIMILAR", scan(P, "Span")), new SameRow(S, P));
        LogicalPlan plan = new SemiApply(spans, similarToItself, true);
        assertThat(joins(plan)).first().asString().startsWith("RightAntiHashJoin: r2:SIMILAR");
        assertThat(names(plan)).hasSize(20);
    }

    @Test
    void aSubqueryThatJoinsOftenStays() {
        LogicalPlan twice = out(spansOfTrace(), S, R2, "SIMILAR", scan(P, "Span"));
        assertThat(joins(new SemiApply(scan(T, "Trace"), twice, false)))
                .first()
                .asString()
                .startsWith("SemiApply: ");
    }
}
