package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.QueryPlan.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Counts and extremes come from metadata where files tell all of it, and from their rows where they do not. */
class MetadataAggregateTest {
    private static final AggregateCall COUNT = call(AggregateFunction.COUNT_ROWS);

    private final SpanTables tables = new SpanTables();

    private static AggregateCall call(AggregateFunction function, Expression... arguments) {
        return new AggregateCall(function, List.of(arguments), false);
    }

    private static LogicalPlan of(LogicalPlan rows, AggregateCall first, AggregateCall second) {
        return new Aggregate(rows, List.of(), List.of(new AggregateItem(first, X), new AggregateItem(second, Y)));
    }

    private void assertAnswer(LogicalPlan plan, QueryContext context, String row, int filesRead) {
        try (ResultCursor cursor = tables.run(plan, context, X, Y)) {
            assertThat(SpanTables.drain(cursor)).containsExactly(row);
            assertThat(cursor.receipt().counts().filesRead()).isEqualTo(filesRead);
            assertThat(cursor.receipt().counts().bytesRead() == 0).isEqualTo(filesRead == 0);
            assertThat(cursor.receipt().fromMetadata()).isEqualTo(filesRead == 0);
        }
    }

    private PlanDescription explained(LogicalPlan plan, QueryContext context) {
        try (ResultCursor cursor = tables.run(SpanTables.query(Mode.EXPLAIN, plan, X, Y), context)) {
            return cursor.plan().orElseThrow().children().getFirst();
        }
    }

    @Test
    void wholeFilesAreNotRead() {
        LogicalPlan spans = scan(S, "Span");
        LogicalPlan counts = of(spans, COUNT, call(AggregateFunction.COUNT, new VariableRef(S)));
        LogicalPlan extremes = of(
                spans, call(AggregateFunction.MIN, get(S, "span_id")), call(AggregateFunction.MAX, get(S, "span_id")));

        assertAnswer(counts, SpanTables.everyTenant(), "40 40", 0);
        assertAnswer(extremes, SpanTables.everyTenant(), "acme-t0-s0 globex-t3-s4", 0);
        assertAnswer(of(spans, COUNT, call(AggregateFunction.COUNT, get(S, "name"))), SpanTables.acme(), "20 0", 0);
    }

    @Test
    void filesOfSeveralTenantsAreRead() {
        LogicalPlan plan = of(scan(T, "Trace"), COUNT, call(AggregateFunction.MAX, get(T, "total")));

        // The first of the two files holds the traces of acme and one of globex.
        assertAnswer(plan, SpanTables.acme(), "4 30", 1);
        assertAnswer(plan, SpanTables.everyTenant(), "8 30", 0);
        assertAnswer(plan, SpanTables.context(Optional.of("globex"), SpanTables.LIMITS, Map.of()), "4 30", 1);
    }

    @Test
    void conditionsThatHoldForWholeFilesAreProven() {
        LogicalPlan one = filter(scan(S, "Span"), equal(get(S, "trace_id"), text("acme-t2")));
        LogicalPlan some = filter(scan(S, "Span"), equal(get(S, "status"), text("ok")));
        AggregateCall max = call(AggregateFunction.MAX, get(S, "span_id"));

        assertAnswer(of(one, COUNT, max), SpanTables.everyTenant(), "5 acme-t2-s4", 0);
        assertAnswer(of(some, COUNT, max), SpanTables.everyTenant(), "32 globex-t3-s3", 8);
    }

    @Test
    void whatMetadataCannotTellIsRead() {
        LogicalPlan traces = scan(T, "Trace");
        Expression total = get(T, "total");
        AggregateCall distinct = new AggregateCall(AggregateFunction.COUNT, List.of(total), true);
        Expression sum = new Arithmetic(ArithmeticOperator.ADD, total, number(1));
        Expression random = new Compare(
                CompareOperator.GREATER,
                total,
                new Arithmetic(ArithmeticOperator.SUBTRACT, number(-1), new FunctionCall("rand", List.of())));
        Expression otherType = new Compare(CompareOperator.NOT_EQUAL, total, text("a"));
        QueryContext all = SpanTables.everyTenant();

        assertAnswer(of(traces, COUNT, call(AggregateFunction.SUM, total)), all, "8 120", 2);
        assertAnswer(of(traces, COUNT, distinct), all, "8 4", 2);
        assertAnswer(of(traces, COUNT, call(AggregateFunction.MAX, sum)), all, "8 31", 2);
        assertAnswer(of(filter(traces, random), COUNT, COUNT), all, "8 8", 2);
        assertAnswer(of(filter(traces, otherType), COUNT, COUNT), all, "8 8", 2);
    }

    @Test
    void groupsAreRead() {
        Variable key = new Variable("key", 77, Variable.Kind.VALUE);
        LogicalPlan plan = new Aggregate(
                scan(S, "Span"), List.of(as(get(S, "status"), key)), List.of(new AggregateItem(COUNT, X)));

        try (ResultCursor cursor = tables.run(plan, SpanTables.everyTenant(), key, X)) {
            assertThat(SpanTables.drain(cursor)).containsExactly("error 8", "ok 32");
            assertThat(cursor.receipt().fromMetadata()).isFalse();
        }
    }

    @Test
    void aScanOverTheLimitIsAllowedWhenMetadataAnswerIt() {
        QueryContext small = SpanTables.context(
                Optional.empty(), new QueryLimits(Duration.ofMinutes(1), 10, 10_000_000, 1), Map.of());

        assertAnswer(of(scan(S, "Span"), COUNT, COUNT), small, "40 40", 0);
    }

    @Test
    void profileShowsHowFilesWereReadAndOnlyOperatorsWhatCachesHeld() {
        LogicalPlan plan = of(scan(T, "Trace"), COUNT, call(AggregateFunction.SUM, get(T, "total")));
        Map<String, Object> forAll =
                profiledScan(plan, SpanTables.everyTenant()).arguments();
        Map<String, Object> forOne = profiledScan(plan, SpanTables.acme()).arguments();

        assertThat(forAll)
                .containsEntry("thinFiles", 2L)
                .containsEntry("pagesRead", 4L)
                .containsEntry("pagesSkipped", 2L)
                .containsEntry("cacheHits", "footer 2/2");
        assertThat(forOne)
                .containsEntry("thinFiles", 1L)
                .containsEntry("pagesRead", 2L)
                .doesNotContainKeys("pagesSkipped", "cacheHits");
    }

    private PlanDescription profiledScan(LogicalPlan plan, QueryContext context) {
        try (ResultCursor cursor = tables.run(SpanTables.query(Mode.PROFILE, plan, X, Y), context)) {
            SpanTables.drain(cursor);
            PlanDescription found = cursor.plan().orElseThrow();
            while (!found.children().isEmpty()) {
                found = found.children().getFirst();
            }
            return found;
        }
    }

    @Test
    void explainShowsWhereTheAnswerComesFrom() {
        LogicalPlan plan = of(scan(T, "Trace"), COUNT, COUNT);
        PlanDescription forAll = explained(plan, SpanTables.everyTenant());
        PlanDescription forOne = explained(plan, SpanTables.acme());

        assertThat(forAll.operator()).isEqualTo("AggregationFromMetadata");
        assertThat(forAll.arguments()).containsEntry("filesFromMetadata", 2L);
        assertThat(forAll.children().getFirst().operator()).isEqualTo("EagerAggregation");
        assertThat(forOne.operator()).isEqualTo("AggregationFromMetadata");
        assertThat(forOne.arguments()).doesNotContainKey("filesFromMetadata");
    }
}
