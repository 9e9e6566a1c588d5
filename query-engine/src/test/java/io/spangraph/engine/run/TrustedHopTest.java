package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
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
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Edges whose vertex need not have a row stream by the vertices, unless they are few and tell which vertices to read. */
class TrustedHopTest {
    private final SpanTables tables = new SpanTables();

    private static LogicalPlan totals(LogicalPlan hop) {
        return project(hop, as(get(T, "total"), X), as(get(S, "span_id"), Y));
    }

    private static LogicalPlan fromTrace() {
        return out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span"));
    }

    private static LogicalPlan fromSpan() {
        return in(scan(S, "Span"), S, R1, "HAS_SPAN", scan(T, "Trace"));
    }

    private List<String> joins(LogicalPlan plan) {
        try (ResultCursor cursor =
                tables.run(SpanTables.query(Mode.EXPLAIN, totals(plan), X, Y), SpanTables.everyTenant())) {
            return flat(cursor.plan().orElseThrow())
                    .filter(each -> each.operator().contains("Join"))
                    .map(each ->
                            each.operator() + ": " + each.children().getFirst().details())
                    .toList();
        }
    }

    private static Stream<PlanDescription> flat(PlanDescription plan) {
        return Stream.concat(Stream.of(plan), plan.children().stream().flatMap(TrustedHopTest::flat));
    }

    @Test
    void theVerticesAreHeldWhenAllEdgesAreRead() {
        for (LogicalPlan hop : List.of(fromTrace(), fromSpan())) {
            assertThat(joins(hop)).containsExactly("RightOuterHashJoin: t:Trace");
        }
        assertThat(tables.rows(totals(fromTrace()), SpanTables.acme(), X, Y))
                .hasSize(20)
                .contains("30 acme-t3-s0")
                .isEqualTo(tables.rows(totals(fromSpan()), SpanTables.acme(), X, Y));
    }

    @Test
    void edgesOfAConditionAreHeld() {
        for (LogicalPlan hop : List.of(fromTrace(), fromSpan())) {
            assertThat(joins(filter(hop, equal(get(S, "status"), text("error")))))
                    .singleElement()
                    .asString()
                    .startsWith("LeftOuterHashJoin: ")
                    .endsWith(":Span WHERE s.status = 'error'");
        }
    }
}
