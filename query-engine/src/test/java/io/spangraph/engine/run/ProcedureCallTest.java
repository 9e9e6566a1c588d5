package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.A;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation.Reason;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.explain.PlanPrinter;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.ProcedureCall;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.engine.plan.LogicalPlan.Unwind;
import io.spangraph.engine.plan.LogicalPlan.YieldItem;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcedureCallTest {
    private final SpanTables tables = new SpanTables();

    private static LogicalPlan labels(LogicalPlan input) {
        return new ProcedureCall(input, "db.labels", List.of(), List.of(new YieldItem("label", X)));
    }

    @Test
    void givesItsRowsBesideEachInputRow() {
        LogicalPlan agents = project(scan(A, "Agent"), as(get(A, "agent_id"), Y));
        assertThat(tables.rows(labels(agents), SpanTables.acme(), Y, X))
                .containsExactly(
                        "acme0 Agent",
                        "acme0 Model",
                        "acme0 Span",
                        "acme0 Trace",
                        "acme1 Agent",
                        "acme1 Model",
                        "acme1 Span",
                        "acme1 Trace");
    }

    @Test
    void givesItsRowsForEachOuterRowOfAnApply() {
        LogicalPlan agents = project(scan(A, "Agent"), as(get(A, "agent_id"), Y));
        LogicalPlan plan = new Apply(agents, labels(new Argument(List.of(Y))), ApplyKind.INNER);
        assertThat(tables.rows(plan, SpanTables.acme(), Y, X)).hasSize(8).contains("acme1 Span");
    }

    @Test
    void takesNoMoreRowsThanAreWanted() {
        LogicalPlan numbers =
                new Unwind(new SingleRow(), new Expression.FunctionCall("range", List.of(number(1), number(5000))), Y);
        assertThat(tables.rows(labels(numbers), everything(), Y, X)).hasSize(20_000);
        assertThat(tables.rows(new Limit(labels(numbers), number(3)), everything(), X))
                .containsExactly("Agent", "Model", "Span");
    }

    private static QueryContext everything() {
        QueryLimits limits = new QueryLimits(Duration.ofMinutes(5), 50_000, 50_000_000, 10_000_000);
        return SpanTables.context(Optional.empty(), limits, Map.of());
    }

    @Test
    void endsWhenTheQueryIsCancelled() {
        QueryContext context = SpanTables.everyTenant();
        try (ResultCursor cursor = tables.run(labels(new SingleRow()), context, X)) {
            context.cancellation().cancel(Reason.KILLED);
            assertThatThrownBy(cursor::advance)
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(QueryErrorCode.CANCELLED));
        }
    }

    @Test
    void namesTheProcedureThatWasMeant() {
        LogicalPlan plan =
                new ProcedureCall(new SingleRow(), "db.label", List.of(), List.of(new YieldItem("label", X)));
        assertThatThrownBy(() -> tables.run(plan, SpanTables.acme(), X))
                .isInstanceOfSatisfying(QueryException.class, e -> {
                    assertThat(e.code().neo4jStatus()).isEqualTo("Neo.ClientError.Procedure.ProcedureNotFound");
                    assertThat(e).hasMessageContaining("`db.label`").hasMessageContaining("Did you mean 'db.labels'?");
                });
    }

    @Test
    void isPrintedAsAnOperatorOfItsName() {
        assertThat(PlanPrinter.print(labels(new SingleRow())))
                .isEqualTo("ProcedureCall db.labels() YIELD label AS x\n  SingleRow\n");
        try (ResultCursor cursor =
                tables.run(SpanTables.query(Mode.EXPLAIN, labels(new SingleRow()), X), SpanTables.acme())) {
            assertThat(cursor.plan().orElseThrow().children().getFirst().operator())
                    .isEqualTo("ProcedureCall");
        }
    }

    @Test
    void keepsWhatTheInputBinds() {
        LogicalPlan plan = labels(project(new SingleRow(), as(new Expression.Literal(Value.of(1L)), Y)));
        assertThat(plan.variables()).containsExactly(Y, X);
    }
}
