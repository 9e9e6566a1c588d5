package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.N;
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
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.Skip;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.LogicalPlan.Unwind;
import io.spangraph.engine.plan.QueryPlan.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a subquery says is said of each outer row, although it runs once for all of them. */
class SubqueryTest {
    private final SpanTables tables = new SpanTables();

    private static AggregateItem count() {
        return new AggregateItem(new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false), Y);
    }

    private static AggregateItem collect(Expression expression) {
        return new AggregateItem(new AggregateCall(AggregateFunction.COLLECT, List.of(expression), false), Y);
    }

    /** The spans of a trace, which is a chain. */
    private static LogicalPlan spans() {
        return filter(scan(S, "Span"), equal(get(S, "trace_id"), text("acme-t1")));
    }

    /** The child of the span of the outer row; the last span has none. */
    private static LogicalPlan children() {
        return in(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span"));
    }

    private List<String> named(LogicalPlan plan) {
        return tables.rows(project(plan, as(get(S, "span_id"), X), as(ref(Y), Y)), SpanTables.acme(), X, Y);
    }

    @Test
    void aCountOfNoRowsIsZero() {
        assertThat(named(new RollUpApply(spans(), children(), count())))
                .containsExactly("acme-t1-s0 1", "acme-t1-s1 1", "acme-t1-s2 1", "acme-t1-s3 1", "acme-t1-s4 0");
    }

    @Test
    void aCollectionOfNoRowsIsEmpty() {
        assertThat(named(new RollUpApply(spans(), children(), collect(get(P, "span_id")))))
                .containsExactly(
                        "acme-t1-s0 ['acme-t1-s1']",
                        "acme-t1-s1 ['acme-t1-s2']",
                        "acme-t1-s2 ['acme-t1-s3']",
                        "acme-t1-s3 ['acme-t1-s4']",
                        "acme-t1-s4 []");
    }

    @Test
    void aCollectionOfRowsHasNullsToo() {
        LogicalPlan names = new RollUpApply(
                spans(),
                children(),
                new AggregateItem(
                        new AggregateCall(AggregateFunction.COLLECT_ROWS, List.of(get(P, "name")), false), Y));
        assertThat(named(names))
                .containsExactly(
                        "acme-t1-s0 [null]",
                        "acme-t1-s1 [null]",
                        "acme-t1-s2 [null]",
                        "acme-t1-s3 [null]",
                        "acme-t1-s4 []");
        assertThat(named(new RollUpApply(spans(), children(), collect(get(P, "name")))))
                .allMatch(row -> row.endsWith(" []"));
    }

    @Test
    void aConditionOnTheValueStaysAbove() {
        LogicalPlan leaves = filter(new RollUpApply(spans(), children(), count()), equal(ref(Y), number(0)));
        assertThat(named(leaves)).containsExactly("acme-t1-s4 0");
    }

    private static LogicalPlan traces() {
        return scan(T, "Trace");
    }

    private static LogicalPlan spansOfTrace() {
        return out(new Argument(List.of(T)), T, R1, "HAS_SPAN", scan(S, "Span"));
    }

    private static LogicalPlan sorted(LogicalPlan plan) {
        return new Sort(plan, List.of(new SortKey(get(S, "span_id"), true)));
    }

    private List<String> called(LogicalPlan inner) {
        LogicalPlan plan = new Apply(traces(), inner, ApplyKind.INNER);
        return tables.rows(project(plan, as(get(T, "trace_id"), X), as(get(S, "span_id"), Y)), SpanTables.acme(), X, Y);
    }

    @Test
    void limitCountsForEachOuterRowAnew() {
        assertThat(called(new Limit(sorted(spansOfTrace()), number(2))))
                .containsExactly(
                        "acme-t0 acme-t0-s3",
                        "acme-t0 acme-t0-s4",
                        "acme-t1 acme-t1-s3",
                        "acme-t1 acme-t1-s4",
                        "acme-t2 acme-t2-s3",
                        "acme-t2 acme-t2-s4",
                        "acme-t3 acme-t3-s3",
                        "acme-t3 acme-t3-s4");
    }

    @Test
    void skipCountsForEachOuterRowAnew() {
        List<String> last =
                List.of("acme-t0 acme-t0-s0", "acme-t1 acme-t1-s0", "acme-t2 acme-t2-s0", "acme-t3 acme-t3-s0");
        assertThat(called(new Skip(sorted(spansOfTrace()), number(4)))).isEqualTo(last);
        assertThat(called(new Limit(new Skip(sorted(spansOfTrace()), number(4)), number(9))))
                .isEqualTo(last);
        assertThat(called(new Skip(spansOfTrace(), number(5)))).isEmpty();
    }

    @Test
    void anyRowsDoWhereTheyAreOnlyCounted() {
        LogicalPlan three = new Limit(new Skip(spansOfTrace(), number(1)), number(3));
        assertThat(called(three)).hasSize(12);
        assertThat(called(new Limit(spansOfTrace(), number(0)))).isEmpty();
        assertThat(countsOf(new Limit(spansOfTrace(), number(1))))
                .containsExactly("acme-t0 1", "acme-t1 1", "acme-t2 1", "acme-t3 1");
    }

    private List<String> countsOf(LogicalPlan inner) {
        return tables.rows(
                project(new RollUpApply(traces(), inner, count()), as(get(T, "trace_id"), X), as(ref(Y), Y)),
                SpanTables.acme(),
                X,
                Y);
    }

    @Test
    void rowsAreDistinctForEachOuterRow() {
        LogicalPlan models = new Distinct(project(spansOfTrace(), as(get(S, "model_id"), X)));
        assertThat(countsOf(models)).containsExactly("acme-t0 2", "acme-t1 2", "acme-t2 2", "acme-t3 2");
    }

    @Test
    void aCollectionKeepsTheOrderOfItsRows() {
        LogicalPlan last = new Limit(sorted(spansOfTrace()), number(2));
        LogicalPlan named = new RollUpApply(traces(), last, collect(get(S, "span_id")));
        assertThat(tables.rows(project(named, as(ref(Y), Y)), SpanTables.acme(), Y))
                .containsExactly(
                        "['acme-t0-s4', 'acme-t0-s3']",
                        "['acme-t1-s4', 'acme-t1-s3']",
                        "['acme-t2-s4', 'acme-t2-s3']",
                        "['acme-t3-s4', 'acme-t3-s3']");
    }

    @Test
    void aUnionMayHaveASideThatAsksNothingOfTheOuterRow() {
        LogicalPlan names = new Union(
                project(spansOfTrace(), as(get(S, "span_id"), X)),
                project(scan(N, "Model"), as(get(N, "name"), Y)),
                List.of(X),
                List.of(Y));
        assertThat(countsOf(names)).containsExactly("acme-t0 7", "acme-t1 7", "acme-t2 7", "acme-t3 7");
        assertThat(countsOf(new Limit(names, number(6))))
                .containsExactly("acme-t0 6", "acme-t1 6", "acme-t2 6", "acme-t3 6");
    }

    @Test
    void listsAreUnwoundForEachOuterRow() {
        LogicalPlan elements = new Limit(
                new Unwind(
                        new Argument(List.of(T)),
                        new Expression.ListLiteral(List.of(get(T, "total"), number(7), number(8))),
                        X),
                number(2));
        LogicalPlan plan = new RollUpApply(traces(), elements, collect(ref(X)));
        assertThat(tables.rows(project(plan, as(ref(Y), Y)), SpanTables.acme(), Y))
                .containsExactly("[0, 7]", "[10, 7]", "[20, 7]", "[30, 7]");
    }

    @Test
    void subqueriesNest() {
        LogicalPlan childrenOfEach = new RollUpApply(
                spansOfTrace(),
                new Limit(in(new Argument(List.of(T, S)), S, R2, "CHILD_OF", scan(P, "Span")), number(1)),
                new AggregateItem(new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false), X));
        LogicalPlan total = new Aggregate(
                childrenOfEach,
                List.of(),
                List.of(new AggregateItem(new AggregateCall(AggregateFunction.SUM, List.of(ref(X)), false), Y)));
        LogicalPlan plan = new Apply(traces(), total, ApplyKind.INNER);
        assertThat(tables.rows(project(plan, as(get(T, "trace_id"), X), as(ref(Y), Y)), SpanTables.acme(), X, Y))
                .containsExactly("acme-t0 4", "acme-t1 4", "acme-t2 4", "acme-t3 4");
    }

    /** Subqueries that ask nothing of their outer rows, which start at an Argument all the same. */
    private static LogicalPlan models() {
        return new Join(new Argument(List.of(S)), scan(N, "Model"), List.of());
    }

    private long rowsRead(LogicalPlan plan, int rows) {
        try (ResultCursor cursor = tables.run(project(plan, as(get(S, "span_id"), X)), SpanTables.acme(), X)) {
            assertThat(SpanTables.drain(cursor)).hasSize(rows);
            return cursor.receipt().counts().rowsRead();
        }
    }

    @Test
    void whatAsksNothingOfTheOuterRowRunsOnce() {
        long spans = rowsRead(scan(S, "Span"), 20);
        assertThat(named(new RollUpApply(spans(), models(), count())))
                .hasSize(5)
                .allMatch(row -> row.endsWith(" 2"));
        assertThat(rowsRead(new RollUpApply(scan(S, "Span"), models(), count()), 20))
                .isEqualTo(spans + 2);
        assertThat(rowsRead(new SemiApply(scan(S, "Span"), models(), false), 20))
                .isEqualTo(spans + 2);
        assertThat(rowsRead(new SemiApply(scan(S, "Span"), models(), true), 0)).isEqualTo(spans + 2);
        assertThat(rowsRead(new Apply(scan(S, "Span"), models(), ApplyKind.OPTIONAL), 40))
                .isEqualTo(spans + 2);
        assertThat(rowsRead(new Apply(scan(S, "Span"), new Limit(models(), number(1)), ApplyKind.INNER), 20))
                .isEqualTo(spans + 2);
    }

    @Test
    void scansDoNotGrowWithTheOuterRows() {
        LogicalPlan few = new RollUpApply(spans(), children(), count());
        assertThat(rowsRead(few, 5)).isEqualTo(5 + 5);
        LogicalPlan all = new RollUpApply(scan(S, "Span"), children(), count());
        assertThat(rowsRead(all, 20)).isEqualTo(20 + 20);
        assertThat(rowsRead(new SemiApply(scan(S, "Span"), children(), false), 16))
                .isEqualTo(20 + 20);
        LogicalPlan first = new Limit(children(), number(1));
        assertThat(rowsRead(new Apply(scan(S, "Span"), first, ApplyKind.OPTIONAL), 20))
                .isEqualTo(20 + 20);
    }

    @Test
    void explainCallsItByItsName() {
        LogicalPlan plan = new RollUpApply(spans(), children(), count());
        try (ResultCursor cursor = tables.run(SpanTables.query(Mode.EXPLAIN, plan, S, Y), SpanTables.acme())) {
            PlanDescription apply = cursor.plan().orElseThrow().children().getFirst();
            assertThat(apply.operator()).isEqualTo("RollUpApply");
            assertThat(apply.details()).isEqualTo("count(*) AS y");
            assertThat(apply.children()).hasSize(2);
        }
    }
}
