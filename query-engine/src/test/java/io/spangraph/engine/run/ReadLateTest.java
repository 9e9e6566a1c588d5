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
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.TextMatch;
import io.spangraph.engine.expr.Expression.TextOperator;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.rule.DefaultRules;
import io.spangraph.engine.optimize.rule.RuleFixture;
import io.spangraph.engine.physical.PhysicalRule;
import io.spangraph.engine.physical.PhysicalRules;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.run.QueryRunner.PinScope;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Large columns that decide nothing are read for the rows that are left. */
class ReadLateTest {
    private static final Expression FIRST_LETTERS =
            new FunctionCall("substring", List.of(get(S, "input"), number(0), number(5)));

    private final SpanTables tables = new SpanTables();

    private DefaultQueryRunner runner(List<PhysicalRule> choices) {
        return new DefaultQueryRunner(RuleFixture.SCHEMA, tables.source, DefaultRules.optimizer(), choices);
    }

    private String explained(List<PhysicalRule> choices, LogicalPlan plan, Variable... columns) {
        QueryPlan query = SpanTables.query(Mode.EXPLAIN, plan, columns);
        DefaultQueryRunner runner = runner(choices);
        try (ResultCursor cursor =
                runner.run(runner.prepare(query, PinScope.ALL_TENANTS), SpanTables.everyTenant(), tables.snapshots())) {
            StringBuilder text = new StringBuilder();
            append(cursor.plan().orElseThrow(), "", text);
            return text.toString();
        }
    }

    private static void append(PlanDescription plan, String indent, StringBuilder text) {
        text.append(indent).append(plan.operator());
        Optional.of(plan.details())
                .filter(details -> !details.isEmpty())
                .ifPresent(details -> text.append(": ").append(details));
        Optional.ofNullable(plan.arguments().get("columns"))
                .ifPresent(columns -> text.append(" {").append(columns).append('}'));
        text.append('\n');
        plan.children().forEach(child -> append(child, indent + "  ", text));
    }

    private List<String> rows(List<PhysicalRule> choices, LogicalPlan plan, QueryContext context, Variable... columns) {
        DefaultQueryRunner runner = runner(choices);
        QueryPlan query = SpanTables.query(Mode.RUN, plan, columns);
        try (ResultCursor cursor =
                runner.run(runner.prepare(query, PinScope.of(context.principal())), context, tables.snapshots())) {
            return SpanTables.drain(cursor);
        }
    }

    private void assertSameRows(LogicalPlan plan, Variable... columns) {
        for (QueryContext context : List.of(SpanTables.everyTenant(), SpanTables.acme())) {
            assertThat(rows(PhysicalRules.ALL, plan, context, columns))
                    .isNotEmpty()
                    .isEqualTo(rows(List.of(), plan, context, columns));
        }
    }

    private static LogicalPlan heaviest(LogicalPlan rows, Expression value, long limit) {
        return new Limit(
                new Sort(project(rows, as(value, X), as(get(S, "span_id"), Y)), List.of(new SortKey(ref(Y), true))),
                number(limit));
    }

    @Test
    void theFirstRowsOfAnOrder() {
        LogicalPlan plan = heaviest(scan(S, "Span"), FIRST_LETTERS, 3);

        assertThat(explained(List.of(), plan, X, Y)).isEqualTo("""
                ProduceResults: x, y
                  Top: y DESC LIMIT 3
                    Projection: substring(s.input, 0, 5) AS x, s.span_id AS y
                      NodeByLabelScan: s:Span {input, span_id}
                """);
        assertThat(explained(PhysicalRules.ALL, plan, X, Y)).isEqualTo("""
                ProduceResults: x, y
                  Projection: x, y
                    Projection: y, row, s.input, substring(s.input, 0, 5) AS x
                      FetchColumns: s.input {input}
                        Top: y DESC LIMIT 3
                          Projection: s.span_id AS y, row
                            NodeByLabelScan: s:Span {span_id}
                """);
        assertSameRows(plan, X, Y);
    }

    @Test
    void conditionsThatFilesCannotSkipByComeFirst() {
        Expression cheap = new TextMatch(TextOperator.CONTAINS, get(S, "span_id"), text("t1-s"));
        Expression costly = new TextMatch(TextOperator.CONTAINS, get(S, "input"), text("large"));
        LogicalPlan plan = project(filter(scan(S, "Span"), costly, cheap), as(get(S, "span_id"), X));

        assertThat(explained(PhysicalRules.ALL, plan, X)).isEqualTo("""
                ProduceResults: x
                  Projection: s.span_id AS x
                    Filter: s.input CONTAINS 'large'
                      Projection: s.span_id, s.input
                        FetchColumns: s.input {input}
                          NodeByLabelScan: s:Span WHERE s.span_id CONTAINS 't1-s' {span_id}
                """);
        assertSameRows(plan, X);
    }

    @Test
    void whatFilesSkipByNeedsNoSecondLook() {
        LogicalPlan plan =
                project(filter(scan(S, "Span"), equal(get(S, "trace_id"), text("acme-t1"))), as(get(S, "input"), X));

        assertThat(explained(PhysicalRules.ALL, plan, X)).isEqualTo(explained(List.of(), plan, X));
        assertSameRows(plan, X);
    }

    @Test
    void rowsWithoutAMatchFetchNothing() {
        LogicalPlan inner = filter(
                out(new Argument(List.of(T)), T, R1, "HAS_SPAN", scan(S, "Span")),
                equal(get(S, "status"), text("error")));
        LogicalPlan plan = project(
                new Apply(scan(T, "Trace"), inner, ApplyKind.OPTIONAL),
                as(get(T, "trace_id"), X),
                as(get(S, "input"), Y));
        LogicalPlan none = project(
                new Apply(
                        scan(T, "Trace"),
                        filter(
                                out(new Argument(List.of(T)), T, R1, "HAS_SPAN", scan(S, "Span")),
                                equal(get(S, "status"), text("none"))),
                        ApplyKind.OPTIONAL),
                as(get(T, "trace_id"), X),
                as(get(S, "input"), Y));

        assertThat(explained(PhysicalRules.ALL, plan, X, Y)).contains("FetchColumns: s.input {input}");
        assertSameRows(plan, X, Y);
        assertThat(rows(PhysicalRules.ALL, none, SpanTables.acme(), X, Y))
                .containsExactly("acme-t0 null", "acme-t1 null", "acme-t2 null", "acme-t3 null");
    }

    @Test
    void manyRowsInAnotherOrderAreNotFetched() {
        LogicalPlan sorted = new Sort(
                project(scan(S, "Span"), as(get(S, "input"), X), as(get(S, "span_id"), Y)),
                List.of(new SortKey(ref(Y), true)));

        assertThat(explained(PhysicalRules.ALL, sorted, X, Y)).doesNotContain("FetchColumns");
        assertThat(explained(PhysicalRules.ALL, heaviest(scan(S, "Span"), get(S, "input"), 1_000_000), X, Y))
                .doesNotContain("FetchColumns");
    }

    @Test
    void theReceiptAndTheProfileCountWhatIsFetched() {
        LogicalPlan plan = heaviest(scan(S, "Span"), get(S, "input"), 3);
        try (ResultCursor cursor = tables.run(SpanTables.query(Mode.PROFILE, plan, X, Y), SpanTables.acme())) {
            assertThat(SpanTables.drain(cursor)).hasSize(3);
            PlanDescription fetch = find(cursor.plan().orElseThrow(), "FetchColumns");
            PlanDescription scan = find(cursor.plan().orElseThrow(), "NodeByLabelScan");
            long fetched = fetch.profile().orElseThrow().bytesRead();
            assertThat(fetch.profile().orElseThrow().rows()).isEqualTo(3);
            assertThat(fetched).isPositive();
            assertThat(cursor.receipt().counts().bytesRead())
                    .isEqualTo(fetched + scan.profile().orElseThrow().bytesRead());
        }
    }

    private static PlanDescription find(PlanDescription plan, String operator) {
        if (plan.operator().equals(operator)) {
            return plan;
        }
        return find(plan.children().getFirst(), operator);
    }

    @Test
    void nodesThatPassOnTheirKeyTakeTheRestOfOneOfTheirRows() {
        Variable same = RuleFixture.node("same", 40);
        LogicalPlan plan = new Limit(
                new Sort(
                        project(
                                project(scan(S, "Span"), as(ref(S), same)),
                                as(get(same, "input"), X),
                                as(get(same, "span_id"), Y)),
                        List.of(new SortKey(ref(Y), false))),
                number(2));

        assertThat(explained(PhysicalRules.ALL, plan, X, Y)).contains("FetchColumns: s.input {input}");
        assertSameRows(plan, X, Y);
    }
}
