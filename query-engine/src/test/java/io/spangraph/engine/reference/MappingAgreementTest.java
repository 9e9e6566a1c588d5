package io.spangraph.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.mapping.MappingCompiler;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Binary;
import io.spangraph.model.schema.MappingExpression.BinaryOperator;
import io.spangraph.model.schema.MappingExpression.Call;
import io.spangraph.model.schema.MappingExpression.Case;
import io.spangraph.model.schema.MappingExpression.Cast;
import io.spangraph.model.schema.MappingExpression.CastType;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Constant;
import io.spangraph.model.schema.MappingExpression.In;
import io.spangraph.model.schema.MappingExpression.IsNull;
import io.spangraph.model.schema.MappingExpression.Not;
import io.spangraph.model.schema.MappingExpression.When;
import io.spangraph.model.schema.MappingExpressions;
import io.spangraph.model.schema.MappingFunction;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Random well-typed mapping expressions give the same compiled and evaluated row by row. */
class MappingAgreementTest {
    private static final int ROWS = 40;
    private static final List<String> COLUMNS = List.of("i", "f", "t", "u", "b");
    private static final List<BinaryOperator> COMPARISONS = List.of(
            BinaryOperator.EQUAL,
            BinaryOperator.NOT_EQUAL,
            BinaryOperator.LESS,
            BinaryOperator.LESS_OR_EQUAL,
            BinaryOperator.GREATER,
            BinaryOperator.GREATER_OR_EQUAL);

    private final Random random = new Random(42);
    private final RandomVectors vectors = new RandomVectors(42);

    @Test
    void compiledExpressionsAgreeWithTheReference() {
        MappingCompiler compiler = new MappingCompiler(COLUMNS, Cancellation.after(Duration.ofMinutes(5)));
        int present = 0;
        for (int i = 0; i < 3000; i++) {
            MappingExpression expression = switch (random.nextInt(3)) {
                case 0 -> condition(4);
                case 1 -> number(4);
                default -> text(4);
            };
            CompiledExpression compiled = compiler.compile(expression);
            RowBatch batch = batch();
            for (int row = 0; row < ROWS; row++) {
                Map<String, Value> values = new HashMap<>();
                for (int column = 0; column < COLUMNS.size(); column++) {
                    values.put(COLUMNS.get(column), batch.value(row, column));
                }
                Optional<Value> expected = attempt(() -> ReferenceMapping.evaluate(expression, values));
                int[] only = {row};
                Optional<Value> actual =
                        attempt(() -> compiled.evaluate(batch.select(only)).value(only[0]));
                assertThat(actual)
                        .as(() -> MappingExpressions.render(expression) + " over " + values)
                        .isEqualTo(expected);
                present += expected.filter(value -> !value.isNull()).isPresent() ? 1 : 0;
            }
        }
        assertThat(present).isGreaterThan(3000 * ROWS / 3);
    }

    private static Optional<Value> attempt(Supplier<Value> evaluation) {
        try {
            return Optional.of(evaluation.get());
        } catch (QueryException failure) {
            assertThat(failure.code()).isIn(QueryErrorCode.ARITHMETIC_ERROR, QueryErrorCode.TYPE_ERROR);
            return Optional.empty();
        }
    }

    private RowBatch batch() {
        List<Vector> columns = List.of(
                vectors.vector(RandomVectors.Form.LONGS, ROWS, 8),
                vectors.vector(RandomVectors.Form.DOUBLES, ROWS, 8),
                vectors.vector(RandomVectors.Form.TEXTS, ROWS, 5),
                vectors.vector(RandomVectors.Form.TEXTS, ROWS, 5),
                vectors.vector(RandomVectors.Form.BOOLEANS, ROWS, 2));
        return RowBatch.of(columns, ROWS);
    }

    private MappingExpression condition(int depth) {
        if (depth == 0) {
            return column("b");
        }
        return switch (random.nextInt(8)) {
            case 0 -> new Binary(BinaryOperator.AND, condition(depth - 1), condition(depth - 1));
            case 1 -> new Binary(BinaryOperator.OR, condition(depth - 1), condition(depth - 1));
            case 2 -> new Not(condition(depth - 1));
            case 3 -> new IsNull(text(depth - 1), random.nextBoolean());
            case 4 -> new In(text(depth - 1), List.of(text(0), text(0), text(depth - 1)));
            case 5 -> new Binary(comparison(), number(depth - 1), number(depth - 1));
            case 6 -> new Binary(comparison(), text(depth - 1), text(depth - 1));
            default -> new Binary(BinaryOperator.LIKE, text(depth - 1), new Constant(Value.of(pattern())));
        };
    }

    private BinaryOperator comparison() {
        return COMPARISONS.get(random.nextInt(COMPARISONS.size()));
    }

    private String pattern() {
        return List.of("t%", "%1", "t_", "%", "_%2", "T1", "").get(random.nextInt(7));
    }

    private MappingExpression number(int depth) {
        if (depth == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> new Constant(Value.of(random.nextInt(5)));
                case 1 -> column("f");
                default -> column("i");
            };
        }
        return switch (random.nextInt(8)) {
            case 0 -> new Binary(BinaryOperator.ADD, number(depth - 1), number(depth - 1));
            case 1 -> new Binary(BinaryOperator.MULTIPLY, number(depth - 1), number(depth - 1));
            case 2 -> new Binary(BinaryOperator.DIVIDE, number(depth - 1), number(depth - 1));
            case 3 -> new MappingExpression.Negate(number(depth - 1));
            case 4 ->
                new Case(List.of(new When(condition(depth - 1), number(depth - 1))), Optional.of(number(depth - 1)));
            case 5 -> new Call(MappingFunction.COALESCE, List.of(number(depth - 1), number(depth - 1)));
            case 6 -> new Call(MappingFunction.GREATEST, List.of(number(depth - 1), number(depth - 1)));
            default -> new Cast(new Call(MappingFunction.CONCAT, List.of(column("i"))), CastType.LONG, true);
        };
    }

    private MappingExpression text(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0
                    ? new Constant(Value.of("t" + random.nextInt(5)))
                    : column(random.nextBoolean() ? "t" : "u");
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Call(MappingFunction.UPPER, List.of(text(depth - 1)));
            case 1 -> new Call(MappingFunction.NULLIF, List.of(text(depth - 1), text(depth - 1)));
            case 2 -> new Call(MappingFunction.CONCAT, List.of(text(depth - 1), text(0)));
            case 3 ->
                new Case(
                        List.of(new When(condition(depth - 1), text(depth - 1))),
                        random.nextBoolean() ? Optional.of(text(0)) : Optional.empty());
            case 4 -> new Call(MappingFunction.COALESCE, List.of(text(depth - 1), text(0)));
            default -> new Cast(column("i"), CastType.STRING, random.nextBoolean());
        };
    }

    private static MappingExpression column(String name) {
        return new ColumnPath(name, List.of());
    }
}
