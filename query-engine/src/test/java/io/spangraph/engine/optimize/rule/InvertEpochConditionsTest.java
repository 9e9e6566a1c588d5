package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.parameter;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.MapLiteral;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.optimize.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvertEpochConditionsTest {
    private static final Expression MOMENT = datetime("epochMillis", get(S, "name"));

    private final Rule rule = new InvertEpochConditions();

    @Test
    void aMomentAgainstAMoment() {
        assertThat(conditionOf(compare(MOMENT, CompareOperator.GREATER_OR_EQUAL, call("datetime", text("2026-04-01")))))
                .isEqualTo("s.name >= epochFrom(datetime('2026-04-01'), 'DATE_TIME', 'MILLISECONDS')");
    }

    @Test
    void aDayIsARange() {
        assertThat(conditionOf(compare(call("date", MOMENT), CompareOperator.EQUAL, parameter("day"))))
                .isEqualTo("s.name >= epochFrom($day, 'DATE', 'MILLISECONDS')"
                        + " AND s.name < epochAfter($day, 'DATE', 'MILLISECONDS')");
    }

    @Test
    void theConstantMayStandOnTheLeft() {
        assertThat(conditionOf(compare(call("date", text("2026")), CompareOperator.LESS, call("date", MOMENT))))
                .isEqualTo("s.name >= epochAfter(date('2026'), 'DATE', 'MILLISECONDS')");
    }

    @Test
    void secondsYearsAndLocalTimes() {
        Expression seconds = datetime("epochSeconds", get(S, "name"));
        assertThat(conditionOf(new Or(List.of(
                        compare(new Property(seconds, "year"), CompareOperator.LESS_OR_EQUAL, number(2025)),
                        compare(call("localdatetime", seconds), CompareOperator.LESS, parameter("t"))))))
                .isEqualTo("s.name < epochAfter(2025, 'YEAR', 'SECONDS')"
                        + " OR s.name < epochFrom($t, 'LOCAL_DATE_TIME', 'SECONDS')");
        assertThat(conditionOf(compare(
                        call("datetime.fromEpochMillis", get(S, "name")), CompareOperator.GREATER, parameter("t"))))
                .isEqualTo("s.name >= epochAfter($t, 'DATE_TIME', 'MILLISECONDS')");
    }

    @Test
    void leavesAloneWhatItCannotTurnRound() {
        Expression elsewhere = call(
                "date",
                new FunctionCall(
                        "datetime",
                        List.of(new MapLiteral(
                                Map.of("epochMillis", get(S, "name"), "timezone", text("Europe/Stockholm"))))));
        for (Expression condition : List.of(
                compare(MOMENT, CompareOperator.NOT_EQUAL, parameter("t")),
                compare(elsewhere, CompareOperator.EQUAL, parameter("day")),
                compare(call("datetime", call("date", MOMENT)), CompareOperator.LESS, parameter("t")),
                compare(datetime("epochMillis", ref(X)), CompareOperator.LESS, parameter("t")),
                compare(MOMENT, CompareOperator.LESS, datetime("epochMillis", get(S, "status"))),
                compare(MOMENT, CompareOperator.LESS, datetime("epochMillis", call("rand"))),
                new Not(compare(MOMENT, CompareOperator.LESS, parameter("t"))))) {
            assertThat(picture(rule, filter(scan(S, "Span"), condition))).startsWith("stays\n");
        }
    }

    private String conditionOf(Expression condition) {
        String picture = picture(rule, filter(scan(S, "Span"), condition));
        String becomes = picture.substring(picture.indexOf("becomes\n") + "becomes\n".length());
        return becomes.substring("Filter ".length(), becomes.indexOf('\n'));
    }

    private static Expression compare(Expression left, CompareOperator operator, Expression right) {
        return new Compare(operator, left, right);
    }

    private static Expression datetime(String unit, Expression count) {
        return new FunctionCall("datetime", List.of(new MapLiteral(Map.of(unit, count))));
    }

    private static Expression call(String function, Expression... arguments) {
        return new FunctionCall(function, List.of(arguments));
    }
}
