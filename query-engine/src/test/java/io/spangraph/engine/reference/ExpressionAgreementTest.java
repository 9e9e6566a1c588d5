package io.spangraph.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.exec.expression.ExpressionCompiler;
import io.spangraph.engine.explain.ExpressionPrinter;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.testkit.RandomExpressions;
import io.spangraph.engine.testkit.RandomExpressions.Type;
import io.spangraph.engine.testkit.TypedVectors;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the compiler makes of an expression gives for every row what walking the expression gives. */
class ExpressionAgreementTest {
    private static final int EXPRESSIONS = Integer.getInteger("property.cases", 5_000);
    private static final int ROWS = 12;
    private static final int DEPTH = 5;
    private static final FunctionContext CONTEXT = new FunctionContext(
            new GraphSchema("empty", Map.of(), Map.of(), Tenancy.SINGLE, List.of(), List.of()),
            QueryContext.of(
                    new Principal("tester", Optional.empty(), Set.of()),
                    Map.of(),
                    new QueryLimits(Duration.ofMinutes(5), 1_000, 1 << 26, 1_000_000)));

    private static final Map<Type, Variable> COLUMNS = columns();

    private static Map<Type, Variable> columns() {
        Map<Type, Variable> columns = new EnumMap<>(Type.class);
        for (Type type : Type.values()) {
            columns.put(type, new Variable(type.name().toLowerCase(java.util.Locale.ROOT), type.ordinal(), Kind.VALUE));
        }
        return columns;
    }

    @Test
    void theCompilerAgreesWithTheReference() {
        AtomicInteger ids = new AtomicInteger(100);
        int known = 0;
        for (int seed = 1; seed <= EXPRESSIONS; seed++) {
            Random random = new Random(seed);
            RandomExpressions expressions = new RandomExpressions(random, ids::getAndIncrement);
            COLUMNS.forEach((type, column) -> expressions.reading(type, new VariableRef(column)));
            Type type = Type.values()[random.nextInt(Type.values().length)];
            Expression expression = expressions.of(type, DEPTH);
            Map<Type, List<Value>> rows = rows(random);
            int[] selected = random.nextBoolean() ? new int[] {1, 4, 5, 9} : all();

            List<Value> compiled = compiled(expression, rows, selected);
            List<Value> walked = walked(expression, rows, selected);

            assertThat(compiled)
                    .as("seed %d: %s", seed, ExpressionPrinter.print(expression))
                    .isEqualTo(walked);
            known += compiled.stream().allMatch(Value::isNull) ? 0 : 1;
        }
        assertThat(known).as("expressions that are not null everywhere").isGreaterThan(EXPRESSIONS / 2);
    }

    private static List<Value> compiled(Expression expression, Map<Type, List<Value>> rows, int[] selected) {
        List<ColumnId> layout = COLUMNS.values().stream().map(ColumnId::of).toList();
        List<Vector> vectors = new ArrayList<>();
        COLUMNS.keySet()
                .forEach(type -> vectors.add(TypedVectors.of(columnType(type), rows.getOrDefault(type, List.of()))));
        RowBatch batch = RowBatch.of(vectors, ROWS).select(selected);
        Vector result = new ExpressionCompiler(new RowLayout(layout), CONTEXT)
                .compile(expression)
                .evaluate(batch);
        return Arrays.stream(selected).mapToObj(result::value).toList();
    }

    private static List<Value> walked(Expression expression, Map<Type, List<Value>> rows, int[] selected) {
        ReferenceExpressions reference = new ReferenceExpressions(CONTEXT);
        return Arrays.stream(selected)
                .mapToObj(row -> {
                    Map<Variable, Bound> bindings = new LinkedHashMap<>();
                    COLUMNS.forEach((type, column) -> bindings.put(
                            column,
                            new Bound.Plain(rows.getOrDefault(type, List.of()).get(row))));
                    return reference.evaluate(expression, new ReferenceRow(bindings));
                })
                .toList();
    }

    private static Map<Type, List<Value>> rows(Random random) {
        Map<Type, List<Value>> rows = new EnumMap<>(Type.class);
        for (Type type : Type.values()) {
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                values.add(random.nextInt(4) == 0 ? Value.NULL : value(type, random));
            }
            rows.put(type, values);
        }
        return rows;
    }

    private static Value value(Type type, Random random) {
        int small = random.nextInt(-3, 7);
        return switch (type) {
            case INTEGER -> Value.of((long) small);
            case FLOAT -> Value.of(small / 4.0);
            case TEXT -> Value.of(List.of("", "a", "ba", "Abc", "12").get(random.nextInt(5)));
            case BOOLEAN -> Value.of(random.nextBoolean());
            case INTEGERS -> integers(random, Math.abs(small));
            case DATE -> new Value.DateValue(LocalDate.ofEpochDay(small * 17L));
            case MOMENT ->
                new Value.DateTimeValue(
                        LocalDate.ofEpochDay(small).atTime(small + 3, 30).atZone(ZoneOffset.UTC));
            case DURATION -> new Value.DurationValue(small, -small, small * 1_000L, random.nextInt(3) * 250_000_000);
        };
    }

    private static Value integers(Random random, int size) {
        List<Value> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(random.nextInt(6) == 0 ? Value.NULL : Value.of((long) random.nextInt(-2, 5)));
        }
        return Value.of(elements);
    }

    private static Primitive columnType(Type type) {
        return switch (type) {
            case INTEGER -> Primitive.LONG;
            case FLOAT -> Primitive.DOUBLE;
            case TEXT -> Primitive.STRING;
            case BOOLEAN -> Primitive.BOOLEAN;
            case DATE -> Primitive.DATE;
            case MOMENT -> Primitive.TIMESTAMPTZ;
            case INTEGERS, DURATION -> Primitive.BINARY;
        };
    }

    private static int[] all() {
        int[] all = new int[ROWS];
        Arrays.setAll(all, i -> i);
        return all;
    }
}
