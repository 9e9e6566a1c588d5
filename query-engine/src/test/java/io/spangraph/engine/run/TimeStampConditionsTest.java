package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.MapLiteral;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Conditions on the dates of time stamps read the files that hold such time stamps, and no others. */
class TimeStampConditionsTest {
    private final SpanTables tables = new SpanTables();

    @Test
    void aConditionOnTheDateOfATimeStampSkipsFiles() {
        var moment = new FunctionCall("datetime", List.of(new MapLiteral(Map.of("epochMillis", get(T, "total")))));
        var start = new FunctionCall("datetime", List.of(text("1970-01-01T00:00Z")));
        var day = new FunctionCall("date", List.of(moment));
        var dayAfter = new FunctionCall("date", List.of(text("1970-01-02")));
        LogicalPlan first = filter(scan(T, "Trace"), equal(moment, start));
        LogicalPlan later = filter(scan(T, "Trace"), new Compare(CompareOperator.GREATER_OR_EQUAL, day, dayAfter));

        try (ResultCursor cursor = tables.run(first, SpanTables.everyTenant(), T)) {
            assertThat(SpanTables.drain(cursor)).hasSize(2);
            assertThat(cursor.receipt().counts().filesRead()).isEqualTo(1);
            assertThat(cursor.receipt().counts().filesSkipped()).isEqualTo(1);
        }
        try (ResultCursor cursor = tables.run(later, SpanTables.everyTenant(), T)) {
            assertThat(SpanTables.drain(cursor)).isEmpty();
            assertThat(cursor.receipt().counts().filesRead()).isZero();
        }
        try (ResultCursor cursor = tables.run(SpanTables.query(Mode.EXPLAIN, later, T), SpanTables.everyTenant())) {
            assertThat(cursor.plan().orElseThrow().children().getFirst().arguments())
                    .containsEntry("skipsBy", "total >= 86400000");
        }
    }

    @Test
    void aTimeStampOfAConstantDateSkipsFiles() {
        var moment = new FunctionCall("datetime", List.of(text("1970-01-01T00:00:00.031Z")));
        var stamp = new Property(moment, "epochMillis");
        var half = new Arithmetic(ArithmeticOperator.DIVIDE, new FunctionCall("timestamp", List.of()), number(2));
        for (Expression bound : List.of(stamp, half)) {
            LogicalPlan plan =
                    filter(scan(T, "Trace"), new Compare(CompareOperator.GREATER_OR_EQUAL, get(T, "total"), bound));
            try (ResultCursor cursor = tables.run(plan, SpanTables.everyTenant(), T)) {
                assertThat(SpanTables.drain(cursor)).isEmpty();
                assertThat(cursor.receipt().counts().filesRead()).isZero();
            }
        }
    }
}
