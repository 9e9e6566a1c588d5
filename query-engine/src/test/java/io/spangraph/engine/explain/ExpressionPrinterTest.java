package io.spangraph.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.Expression.Case;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.HasLabels;
import io.spangraph.engine.expr.Expression.In;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.ListLiteral;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Negate;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.Parameter;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.Slice;
import io.spangraph.engine.expr.Expression.Subscript;
import io.spangraph.engine.expr.Expression.TextMatch;
import io.spangraph.engine.expr.Expression.TextOperator;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Expression.When;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.model.value.Value;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpressionPrinterTest {
    private static final Expression N = new VariableRef(new Variable("n", 1, Kind.NODE));
    private static final Expression X = new Property(N, "x");
    private static final Expression ONE = new Literal(Value.of(1L));

    private static Expression equal(Expression left, Expression right) {
        return new Compare(CompareOperator.EQUAL, left, right);
    }

    private static Arithmetic calculate(ArithmeticOperator operator, Expression left, Expression right) {
        return new Arithmetic(operator, left, right);
    }

    @Test
    void bracketsOnlyWhatNeedsIt() {
        Expression sum = calculate(ArithmeticOperator.ADD, X, ONE);
        assertThat(ExpressionPrinter.print(calculate(ArithmeticOperator.MULTIPLY, sum, ONE)))
                .isEqualTo("(n.x + 1) * 1");
        assertThat(ExpressionPrinter.print(calculate(ArithmeticOperator.ADD, sum, ONE)))
                .isEqualTo("n.x + 1 + 1");
        assertThat(ExpressionPrinter.print(calculate(ArithmeticOperator.SUBTRACT, ONE, sum)))
                .isEqualTo("1 - (n.x + 1)");
        assertThat(ExpressionPrinter.print(new Negate(sum))).isEqualTo("-(n.x + 1)");
        assertThat(ExpressionPrinter.print(new And(
                        List.of(new Or(List.of(equal(X, ONE), equal(ONE, X))), equal(X, X)))))
                .isEqualTo("(n.x = 1 OR 1 = n.x) AND n.x = n.x");
        assertThat(ExpressionPrinter.print(new Not(new And(List.of(equal(X, ONE), equal(X, X))))))
                .isEqualTo("NOT (n.x = 1 AND n.x = n.x)");
        assertThat(ExpressionPrinter.print(new Not(equal(X, ONE)))).isEqualTo("NOT n.x = 1");
        assertThat(ExpressionPrinter.print(new IsNull(equal(X, ONE), true))).isEqualTo("(n.x = 1) IS NOT NULL");
    }

    @Test
    void writesValuesAsTheyCanBePasted() {
        assertThat(ExpressionPrinter.print(new Literal(Value.of("it's a \\ and\nmore"))))
                .isEqualTo("'it\\'s a \\\\ and\\nmore'");
        assertThat(ExpressionPrinter.print(new Literal(Value.of(List.of(Value.NULL, Value.TRUE, Value.of(1.5))))))
                .isEqualTo("[null, true, 1.5]");
        assertThat(ExpressionPrinter.print(new Literal(new Value.DateValue(LocalDate.of(2026, 11, 21)))))
                .isEqualTo("date('2026-11-21')");
    }

    @Test
    void writesEverythingElseAsCypher() {
        assertThat(ExpressionPrinter.print(new In(X, new ListLiteral(List.of(ONE, new Parameter("p"))))))
                .isEqualTo("n.x IN [1, $p]");
        assertThat(ExpressionPrinter.print(new TextMatch(TextOperator.STARTS_WITH, X, new Parameter("p"))))
                .isEqualTo("n.x STARTS WITH $p");
        assertThat(ExpressionPrinter.print(new Case(List.of(new When(equal(X, ONE), X)), Optional.of(ONE))))
                .isEqualTo("CASE WHEN n.x = 1 THEN n.x ELSE 1 END");
        assertThat(ExpressionPrinter.print(new Slice(X, Optional.empty(), Optional.of(ONE))))
                .isEqualTo("n.x[..1]");
        assertThat(ExpressionPrinter.print(new Subscript(X, ONE))).isEqualTo("n.x[1]");
        assertThat(ExpressionPrinter.print(new FunctionCall("toLower", List.of(X))))
                .isEqualTo("toLower(n.x)");
        LabelExpression labels = new LabelExpression.And(
                new LabelExpression.Label("A"),
                new LabelExpression.Not(
                        new LabelExpression.Or(new LabelExpression.Label("B"), new LabelExpression.Any())));
        assertThat(ExpressionPrinter.print(new HasLabels(N, labels))).isEqualTo("n:A&!(B|%)");
        assertThat(ExpressionPrinter.print(new AggregateCall(AggregateFunction.COUNT, List.of(X), true)))
                .isEqualTo("count(DISTINCT n.x)");
        assertThat(ExpressionPrinter.print(new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false)))
                .isEqualTo("count(*)");
    }
}
