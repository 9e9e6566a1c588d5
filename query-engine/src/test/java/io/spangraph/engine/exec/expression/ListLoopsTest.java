package io.spangraph.engine.exec.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.ListComprehension;
import io.spangraph.engine.expr.Expression.ListPredicate;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Quantifier;
import io.spangraph.engine.expr.Expression.Reduce;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ValueVector;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops over lists: rows keep their own elements, whatever the lengths of the lists in a batch. */
class ListLoopsTest {
    private static final QueryContext CONTEXT = QueryContext.of(
            new Principal("reader", Optional.empty(), Set.of()),
            Map.of(),
            new QueryLimits(Duration.ofMinutes(1), 1000, 1 << 20, 1 << 20));
    private static final Variable LISTS = new Variable("lists", 1, Kind.VALUE);
    private static final Variable LEAST = new Variable("least", 2, Kind.VALUE);
    private static final Variable ELEMENT = new Variable("x", 3, Kind.VALUE);
    private static final Expression MORE =
            new Compare(CompareOperator.GREATER, new VariableRef(ELEMENT), new VariableRef(LEAST));

    private final ExpressionCompiler compiler = new ExpressionCompiler(
            new RowLayout(List.of(ColumnId.of(LISTS), ColumnId.of(LEAST))),
            new FunctionContext(
                    new GraphSchema("g", Map.of(), Map.of(), Tenancy.SINGLE, List.of(), List.of()), CONTEXT));

    @Test
    void takesTheElementsOfEachRow() {
        Expression twice =
                new Arithmetic(ArithmeticOperator.MULTIPLY, new VariableRef(ELEMENT), new VariableRef(LEAST));
        RowBatch batch = batch(List.of(list(1, 2, 3), list(), Value.NULL, list(5)), List.of(1, 1, 1, 4));

        assertThat(values(comprehension(Optional.of(MORE), Optional.of(twice)), batch))
                .containsExactly(list(2, 3), list(), Value.NULL, list(20));
        assertThat(values(comprehension(Optional.of(MORE), Optional.empty()), batch))
                .containsExactly(list(2, 3), list(), Value.NULL, list(5));
        assertThat(values(comprehension(Optional.empty(), Optional.empty()), batch))
                .containsExactly(list(1, 2, 3), list(), Value.NULL, list(5));
    }

    @Test
    void leavesRowsAloneThatAreNotSelected() {
        RowBatch batch = batch(List.of(list(1, 2), Value.of("no list"), list(3)), List.of(0, 0, 0))
                .select(new int[] {0, 2});

        Vector result = comprehension(Optional.of(MORE), Optional.empty()).evaluate(batch);

        assertThat(result.value(0)).isEqualTo(list(1, 2));
        assertThat(result.value(2)).isEqualTo(list(3));
    }

    @Test
    void goesThroughMoreElementsThanABatchHolds() {
        Value large = list(LongStream.range(0, 3L * RowBatch.TARGET_ROWS).toArray());
        long most = 3L * RowBatch.TARGET_ROWS - 2;
        RowBatch batch = batch(List.of(large, list(1), large), List.of(most, 0L, most - 1));

        assertThat(values(comprehension(Optional.of(MORE), Optional.empty()), batch))
                .containsExactly(list(most + 1), list(1), list(most, most + 1));
    }

    @Test
    void refusesWhatIsNoList() {
        assertThatThrownBy(() -> values(
                        comprehension(Optional.empty(), Optional.empty()), batch(List.of(Value.of("a")), List.of(1))))
                .isInstanceOf(QueryException.class)
                .hasMessage("Type mismatch: expected List<T> but was String: 'a'");
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, true, false, unknown, false",
        "ANY, false, true, true, unknown",
        "NONE, true, false, false, unknown",
        "SINGLE, false, true, unknown, unknown"
    })
    void answersPredicatesInThreeValuedLogic(
            Quantifier quantifier, String ofNone, String ofOneInTwo, String ofOneAndNull, String ofFalseAndNull) {
        RowBatch batch = batch(List.of(list(), list(0, 2), mixed(2), mixed(0), Value.NULL), List.of(1, 1, 1, 1, 1));
        CompiledExpression predicate =
                compiler.compile(new ListPredicate(quantifier, ELEMENT, new VariableRef(LISTS), MORE));

        assertThat(values(predicate, batch).stream().map(ListLoopsTest::truth))
                .containsExactly(ofNone, ofOneInTwo, ofOneAndNull, ofFalseAndNull, "unknown");
    }

    @Test
    void reducesEachListFromLeftToRight() {
        Variable text = new Variable("a", 8, Kind.VALUE);
        Expression step = new Arithmetic(
                ArithmeticOperator.ADD,
                new Arithmetic(ArithmeticOperator.MULTIPLY, new VariableRef(text), new Literal(Value.of(10L))),
                new VariableRef(ELEMENT));
        RowBatch batch = batch(List.of(list(1, 2, 3), list(), Value.NULL, list(4), mixed(5)), List.of(0, 1, 2, 3, 4));

        CompiledExpression reduce =
                compiler.compile(new Reduce(text, new VariableRef(LEAST), ELEMENT, new VariableRef(LISTS), step));

        assertThat(values(reduce, batch))
                .containsExactly(Value.of(123L), Value.of(1L), Value.NULL, Value.of(34L), Value.NULL);
    }

    @Test
    void refusesAnAccumulatorThatOutgrowsTheMemoryOfItsQuery() {
        Variable text = new Variable("a", 8, Kind.VALUE);
        Expression twice = new Arithmetic(ArithmeticOperator.ADD, new VariableRef(text), new VariableRef(text));
        Value sixtyRounds = list(LongStream.range(0, 60).toArray());

        CompiledExpression reduce =
                compiler.compile(new Reduce(text, new Literal(Value.of("x")), ELEMENT, new VariableRef(LISTS), twice));

        assertThatThrownBy(() -> values(reduce, batch(List.of(sixtyRounds), List.of(0))))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("reduce()");
    }

    private CompiledExpression comprehension(Optional<Expression> condition, Optional<Expression> value) {
        return compiler.compile(new ListComprehension(ELEMENT, new VariableRef(LISTS), condition, value));
    }

    private static List<Value> values(CompiledExpression expression, RowBatch batch) {
        Vector result = expression.evaluate(batch);
        return Arrays.stream(batch.selectedRows()).mapToObj(result::value).toList();
    }

    private static RowBatch batch(List<Value> lists, List<? extends Number> least) {
        return RowBatch.of(
                List.of(
                        new ValueVector(lists.toArray(Value[]::new)),
                        new ValueVector(least.stream()
                                .map(number -> Value.of(number.longValue()))
                                .toArray(Value[]::new))),
                lists.size());
    }

    private static Value list(long... numbers) {
        return Value.of(LongStream.of(numbers).mapToObj(Value::of).toList());
    }

    private static Value mixed(long number) {
        return Value.of(List.of(Value.of(number), Value.NULL));
    }

    private static String truth(Value value) {
        return value instanceof Value.BooleanValue(boolean truth) ? Boolean.toString(truth) : "unknown";
    }
}
