package io.spangraph.engine.exec.expression;

import static io.spangraph.engine.exec.fixture.Vectors.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.Expression.Case;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.In;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.Parameter;
import io.spangraph.engine.expr.Expression.Slice;
import io.spangraph.engine.expr.Expression.Subscript;
import io.spangraph.engine.expr.Expression.TextMatch;
import io.spangraph.engine.expr.Expression.TextOperator;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Expression.When;
import io.spangraph.engine.expr.Expression.Xor;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpressionCompilerTest {
    private static final Variable X = new Variable("x", 1, Variable.Kind.VALUE);
    private static final Variable Y = new Variable("y", 2, Variable.Kind.VALUE);
    private static final Expression REF_X = new VariableRef(X);
    private static final Expression REF_Y = new VariableRef(Y);
    private static final RowLayout LAYOUT = new RowLayout(List.of(ColumnId.of(X), ColumnId.of(Y)));
    private static final FunctionContext CONTEXT = new FunctionContext(
            new GraphSchema("empty", Map.of(), Map.of(), Tenancy.SINGLE, List.of(), List.of()),
            QueryContext.of(
                    new Principal("tester", Optional.empty(), Set.of()),
                    Map.of("p", Value.of(2)),
                    new QueryLimits(Duration.ofMinutes(5), 1_000, 1_000_000, 1_000_000)));

    private static List<Value> evaluate(Expression expression, Vector x, Vector y) {
        RowBatch batch = RowBatch.of(List.of(x, y), x.length());
        Vector result =
                new ExpressionCompiler(LAYOUT, CONTEXT).compile(expression).evaluate(batch);
        assertThat(result.length()).isEqualTo(x.length());
        List<Value> values = new ArrayList<>();
        for (int row = 0; row < x.length(); row++) {
            values.add(result.value(row));
        }
        return values;
    }

    private static List<Value> values(Object... expected) {
        return Arrays.stream(expected).map(Vectors::value).toList();
    }

    private static Expression literal(Object value) {
        return new Literal(Vectors.value(value));
    }

    @Test
    void andOrXorAndNotKnowThreeTruths() {
        Vector x = Vectors.booleans(true, true, true, false, false, false, NULL, NULL, NULL);
        Vector y = Vectors.booleans(true, false, NULL, true, false, NULL, true, false, NULL);
        assertThat(evaluate(new And(List.of(REF_X, REF_Y)), x, y))
                .isEqualTo(values(true, false, NULL, false, false, false, NULL, false, NULL));
        assertThat(evaluate(new Or(List.of(REF_X, REF_Y)), x, y))
                .isEqualTo(values(true, true, true, true, false, NULL, true, NULL, NULL));
        assertThat(evaluate(new Xor(REF_X, REF_Y), x, y))
                .isEqualTo(values(false, true, NULL, true, false, NULL, NULL, NULL, NULL));
        assertThat(evaluate(new Not(REF_X), x, y))
                .isEqualTo(values(false, false, false, true, true, true, NULL, NULL, NULL));
    }

    /** Every form in which the same values can come gives the same answer as comparing them one by one. */
    @Test
    void comparisonsAgreeInAllForms() {
        Random random = new Random(3);
        Object[] numbers = {0, 1, -1, 9007199254740993L, NULL};
        Object[] floats = {0.0, 1.0, -1.5, 9007199254740992.0, Double.NaN, NULL};
        Object[] texts = {"", "a", "b", "é", NULL};
        for (int i = 0; i < 200; i++) {
            Object[] left = draw(random, i % 3 == 0 ? numbers : i % 3 == 1 ? floats : texts);
            Object[] right = draw(random, i % 2 == 0 ? numbers : i % 5 == 0 ? floats : texts);
            for (CompareOperator operator : CompareOperator.values()) {
                Expression compare = new Compare(operator, REF_X, REF_Y);
                List<Value> general = evaluate(compare, Vectors.values(left), Vectors.values(right));
                assertThat(evaluate(compare, typed(left), typed(right))).isEqualTo(general);
                Expression toConstant = new Compare(operator, REF_X, new Literal(Vectors.value(right[0])));
                assertThat(evaluate(toConstant, typed(left), typed(right)).getFirst())
                        .isEqualTo(general.getFirst());
                Expression fromConstant = new Compare(operator, new Literal(Vectors.value(left[0])), REF_Y);
                assertThat(evaluate(fromConstant, typed(left), typed(right)).getFirst())
                        .isEqualTo(general.getFirst());
            }
        }
    }

    private static Object[] draw(Random random, Object[] from) {
        Object[] drawn = new Object[4];
        Arrays.setAll(drawn, i -> from[random.nextInt(from.length)]);
        return drawn;
    }

    private static Vector typed(Object[] values) {
        boolean texts = Arrays.stream(values).anyMatch(String.class::isInstance);
        boolean floats = Arrays.stream(values).anyMatch(Double.class::isInstance);
        return texts ? Vectors.texts(values) : floats ? Vectors.doubles(values) : Vectors.longs(values);
    }

    @Test
    void arithmeticKeepsIntegersWholeAndCarriesNulls() {
        Vector x = Vectors.longs(7, -7, NULL);
        Vector y = Vectors.longs(2, 2, 2);
        assertThat(evaluate(new Arithmetic(ArithmeticOperator.DIVIDE, REF_X, REF_Y), x, y))
                .isEqualTo(values(3, -3, NULL));
        assertThat(evaluate(new Arithmetic(ArithmeticOperator.MODULO, REF_X, REF_Y), x, y))
                .isEqualTo(values(1, -1, NULL));
        assertThat(evaluate(new Arithmetic(ArithmeticOperator.DIVIDE, REF_X, literal(2)), x, y))
                .isEqualTo(values(3, -3, NULL));
        assertThat(evaluate(new Arithmetic(ArithmeticOperator.MODULO, REF_X, literal(2)), x, y))
                .isEqualTo(values(1, -1, NULL));
        assertThat(evaluate(new Arithmetic(ArithmeticOperator.DIVIDE, REF_X, literal(-2)), x, y))
                .isEqualTo(values(-3, 3, NULL));
        assertThat(evaluate(new Arithmetic(ArithmeticOperator.POWER, REF_X, REF_Y), x, y))
                .isEqualTo(values(49.0, 49.0, NULL));
        assertThat(evaluate(new Arithmetic(ArithmeticOperator.DIVIDE, REF_X, literal(0.0)), x, y))
                .isEqualTo(values(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, NULL));
        assertThat(evaluate(new Arithmetic(ArithmeticOperator.ADD, REF_X, new Parameter("p")), x, y))
                .isEqualTo(values(9, -5, NULL));
        assertThat(evaluate(new Arithmetic(ArithmeticOperator.ADD, literal("n"), REF_X), x, y))
                .isEqualTo(values("n7", "n-7", NULL));
    }

    @Test
    void arithmeticThatHasNoAnswerIsAnError() {
        Vector big = Vectors.longs(Long.MAX_VALUE);
        Vector zero = Vectors.longs(0);
        assertThatThrownBy(() -> evaluate(new Arithmetic(ArithmeticOperator.ADD, REF_X, literal(1)), big, zero))
                .isInstanceOf(QueryException.class)
                .hasMessage("Integer overflow: 9223372036854775807 + 1 does not fit into 64 bits.");
        assertThatThrownBy(() -> evaluate(new Arithmetic(ArithmeticOperator.DIVIDE, REF_X, REF_Y), big, zero))
                .hasMessage("Division by zero: 9223372036854775807 / 0.");
        assertThatThrownBy(() -> evaluate(new Arithmetic(ArithmeticOperator.MODULO, REF_X, literal(0)), big, zero))
                .hasMessage("Division by zero: 9223372036854775807 % 0.");
        assertThatThrownBy(() -> evaluate(new Arithmetic(ArithmeticOperator.SUBTRACT, literal("a"), REF_Y), big, zero))
                .hasMessage("Cannot calculate String - Integer: 'a' - 0.");
        assertThatThrownBy(() -> evaluate(new Not(REF_X), big, zero))
                .hasMessage("Expected a Boolean as a condition but got Integer: 9223372036854775807.");
    }

    @Test
    void guardsKeepErrorsAway() {
        Vector x = Vectors.longs(0, 2);
        Expression quotient = new Arithmetic(ArithmeticOperator.DIVIDE, literal(10), REF_X);
        Expression notZero = new Compare(CompareOperator.NOT_EQUAL, REF_X, literal(0));
        assertThat(evaluate(
                        new Case(List.of(new When(notZero, quotient)), Optional.of(literal(-1))),
                        x,
                        Vectors.longs(0, 0)))
                .isEqualTo(values(-1, 5));
        assertThat(evaluate(
                        new And(List.of(notZero, new Compare(CompareOperator.GREATER, quotient, literal(1)))),
                        x,
                        Vectors.longs(0, 0)))
                .isEqualTo(values(false, true));
    }

    @Test
    void aRowThatIsNotSelectedIsNotEvaluated() {
        RowBatch batch = RowBatch.of(List.of(Vectors.longs(0, 5), Vectors.longs(1, 1)), 2)
                .select(new int[] {1});
        Vector result = new ExpressionCompiler(LAYOUT, CONTEXT)
                .compile(new Arithmetic(ArithmeticOperator.DIVIDE, literal(10), REF_X))
                .evaluate(batch);
        assertThat(result.value(1)).isEqualTo(Value.of(2));
    }

    @Test
    void casesAndCoalesceKeepTheirForm() {
        Vector x = Vectors.texts("a", NULL, "b");
        Vector y = Vectors.texts("x", "y", NULL);
        FunctionCall coalesce = new FunctionCall("coalesce", List.of(REF_X, REF_Y));
        assertThat(evaluate(coalesce, x, y)).isEqualTo(values("a", "y", "b"));
        assertThat(new ExpressionCompiler(LAYOUT, CONTEXT).compile(coalesce).evaluate(RowBatch.of(List.of(x, y), 3)))
                .isInstanceOf(Vector.DictionaryVector.class);
        Expression orZero = new FunctionCall("coalesce", List.of(REF_X, literal(0)));
        Vector numbers = Vectors.longs(4, NULL, 6);
        assertThat(new ExpressionCompiler(LAYOUT, CONTEXT)
                        .compile(orZero)
                        .evaluate(RowBatch.of(List.of(numbers, y), 3)))
                .isInstanceOf(Vector.LongVector.class);
        assertThat(evaluate(orZero, numbers, y)).isEqualTo(values(4, 0, 6));
    }

    @Test
    void membershipIsUnknownWhereANullCouldBeTheOne() {
        Vector x = Vectors.longs(1, 3, NULL);
        assertThat(evaluate(new In(REF_X, literal(List.of(1, 2))), x, x)).isEqualTo(values(true, false, NULL));
        assertThat(evaluate(new In(REF_X, literal(List.of(1, NULL))), x, x)).isEqualTo(values(true, NULL, NULL));
        assertThat(evaluate(new In(REF_X, literal(List.of())), x, x)).isEqualTo(values(false, false, false));
        Vector texts = Vectors.texts("a", "z", NULL);
        assertThat(evaluate(new In(REF_X, literal(List.of("a", "b"))), texts, x))
                .isEqualTo(values(true, false, NULL));
        assertThatThrownBy(() -> evaluate(new In(REF_X, literal("a")), texts, x))
                .hasMessage("IN expected a List but got String: 'a'.");
    }

    @Test
    void textsAreMatchedOncePerDictionaryEntry() {
        Vector x = Vectors.texts("error", "ok", NULL, "error");
        assertThat(evaluate(new TextMatch(TextOperator.STARTS_WITH, REF_X, literal("er")), x, x))
                .isEqualTo(values(true, false, NULL, true));
        assertThat(evaluate(new TextMatch(TextOperator.CONTAINS, REF_X, literal("k")), x, x))
                .isEqualTo(values(false, true, NULL, false));
        assertThat(evaluate(new TextMatch(TextOperator.ENDS_WITH, REF_X, literal(NULL)), x, x))
                .isEqualTo(values(NULL, NULL, NULL, NULL));
        assertThat(evaluate(new TextMatch(TextOperator.MATCHES, REF_X, literal("e.*r")), x, x))
                .isEqualTo(values(true, false, NULL, true));
        assertThatThrownBy(() -> evaluate(new TextMatch(TextOperator.MATCHES, REF_X, literal("(")), x, x))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("regular expression '('");
    }

    @Test
    void partsOfListsAndMaps() {
        Vector x = Vectors.values(List.of(1, 2, 3), List.of(), NULL);
        assertThat(evaluate(new Subscript(REF_X, literal(-1)), x, x)).isEqualTo(values(3, NULL, NULL));
        assertThat(evaluate(new Slice(REF_X, Optional.of(literal(1)), Optional.empty()), x, x))
                .isEqualTo(values(List.of(2, 3), List.of(), NULL));
        assertThat(evaluate(new Slice(REF_X, Optional.empty(), Optional.of(literal(-1))), x, x))
                .isEqualTo(values(List.of(1, 2), List.of(), NULL));
        assertThat(evaluate(new IsNull(REF_X, false), x, x)).isEqualTo(values(false, false, true));
        assertThatThrownBy(() -> evaluate(new Subscript(REF_X, literal("a")), x, x))
                .hasMessage("Expected an Integer between the brackets but got String: 'a'.");
    }
}
