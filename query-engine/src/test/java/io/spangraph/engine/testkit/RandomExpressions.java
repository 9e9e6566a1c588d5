package io.spangraph.engine.testkit;

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
import io.spangraph.engine.expr.Expression.ListComprehension;
import io.spangraph.engine.expr.Expression.ListLiteral;
import io.spangraph.engine.expr.Expression.ListPredicate;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.MapLiteral;
import io.spangraph.engine.expr.Expression.Negate;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.Quantifier;
import io.spangraph.engine.expr.Expression.Reduce;
import io.spangraph.engine.expr.Expression.Slice;
import io.spangraph.engine.expr.Expression.Subscript;
import io.spangraph.engine.expr.Expression.TextMatch;
import io.spangraph.engine.expr.Expression.TextOperator;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Expression.When;
import io.spangraph.engine.expr.Expression.Xor;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntSupplier;

/** Random expressions of every kind, typed such that none can fail, whatever is null in them. */
public final class RandomExpressions {
    /** What an expression gives, if not null. */
    public enum Type {
        INTEGER,
        FLOAT,
        TEXT,
        BOOLEAN,
        INTEGERS,
        DATE,
        MOMENT,
        DURATION
    }

    private final Random random;
    private final IntSupplier nextVariable;
    private final Map<Type, List<Expression>> leaves = new EnumMap<>(Type.class);

    /** @param nextVariable ids for the variables that expressions bind themselves */
    public RandomExpressions(Random random, IntSupplier nextVariable) {
        this.random = random;
        this.nextVariable = nextVariable;
    }

    /** Lets expressions read a column. */
    public RandomExpressions reading(Type type, Expression column) {
        leaves.computeIfAbsent(type, any -> new ArrayList<>()).add(column);
        return this;
    }

    /** An expression that nests at most this deep. */
    public Expression of(Type type, int depth) {
        if (depth == 0 || chance(15)) {
            return leaf(type);
        }
        int inner = depth - 1;
        if (chance(6)) {
            return choice(type, inner);
        }
        return switch (type) {
            case INTEGER -> integer(inner);
            case FLOAT -> floating(inner);
            case TEXT -> text(inner);
            case BOOLEAN -> condition(inner);
            case INTEGERS -> integers(inner);
            case DATE -> date(inner);
            case MOMENT -> moment(inner);
            case DURATION -> duration(inner);
        };
    }

    /** A condition on the date that a count of milliseconds stands for. */
    public Expression epochCondition(Expression count) {
        boolean seconds = chance(30);
        Expression moment = call("datetime", map(seconds ? "epochSeconds" : "epochMillis", count));
        Expression bound = call("datetime", map("epochMillis", number(random.nextInt(seconds ? 4000 : 4))));
        CompareOperator operator = oneOf(List.of(CompareOperator.values()));
        return switch (random.nextInt(6)) {
            case 0 ->
                compare(operator, call("date", moment), call("date", text("1970-01-0" + (1 + random.nextInt(2)))));
            case 1 -> compare(operator, new Property(moment, "year"), number(1969 + random.nextInt(3)));
            case 2 -> compare(operator, bound, moment);
            default -> compare(operator, moment, bound);
        };
    }

    private Expression leaf(Type type) {
        List<Expression> readable = leaves.getOrDefault(type, List.of());
        if (!readable.isEmpty() && chance(75)) {
            return oneOf(readable);
        }
        if (chance(8)) {
            return new Literal(Value.NULL);
        }
        return switch (type) {
            case INTEGER -> number(random.nextInt(-3, 6));
            case FLOAT -> new Literal(Value.of(random.nextInt(-6, 7) / 4.0));
            case TEXT -> text(oneOf(List.of("", "a", "ab", "Bar", " x ", "é")));
            case BOOLEAN -> new Literal(Value.of(random.nextBoolean()));
            case INTEGERS -> new ListLiteral(List.of(leaf(Type.INTEGER), number(1), leaf(Type.INTEGER)));
            case DATE -> call("date", text(oneOf(List.of("2024-02-29", "2026-11-21", "1969-12-31"))));
            case MOMENT -> call("datetime", map("epochMillis", leaf(Type.INTEGER)));
            case DURATION -> call("duration", text(oneOf(List.of("P1M", "P1DT1.5S", "PT-36H", "P1Y-1D"))));
        };
    }

    private Expression choice(Type type, int depth) {
        Expression condition = of(Type.BOOLEAN, depth);
        return chance(50)
                ? call("coalesce", of(type, depth), of(type, depth))
                : new Case(
                        List.of(
                                new When(condition, of(type, depth)),
                                new When(of(Type.BOOLEAN, depth), of(type, depth))),
                        chance(50) ? Optional.of(of(type, depth)) : Optional.empty());
    }

    private Expression integer(int depth) {
        return switch (random.nextInt(13)) {
            case 0 -> sum(ArithmeticOperator.ADD, of(Type.INTEGER, depth), of(Type.INTEGER, depth));
            case 1 -> sum(ArithmeticOperator.SUBTRACT, of(Type.INTEGER, depth), of(Type.INTEGER, depth));
            case 2 -> sum(ArithmeticOperator.MULTIPLY, of(Type.INTEGER, depth), number(3));
            case 3 -> sum(ArithmeticOperator.DIVIDE, of(Type.INTEGER, depth), number(2));
            case 4 -> call("size", of(chance(50) ? Type.TEXT : Type.INTEGERS, depth));
            case 5 -> new Subscript(of(Type.INTEGERS, depth), of(Type.INTEGER, depth));
            case 6 -> call(oneOf(List.of("head", "last")), of(Type.INTEGERS, depth));
            case 7 -> reduction(depth);
            case 8 -> new Property(of(Type.DATE, depth), oneOf(List.of("year", "day", "week", "dayOfQuarter")));
            case 9 -> new Property(of(Type.DURATION, depth), oneOf(List.of("months", "days", "seconds")));
            case 10 -> new Property(map("k", of(Type.INTEGER, depth)), chance(80) ? "k" : "none");
            case 11 -> new Negate(of(Type.INTEGER, depth));
            default -> call(oneOf(List.of("abs", "sign", "toInteger")), of(Type.INTEGER, depth));
        };
    }

    private Expression reduction(int depth) {
        Variable total = variable("total");
        Variable element = variable("x");
        Expression list = of(Type.INTEGERS, depth);
        Expression start = of(Type.INTEGER, depth);
        Expression bounded = sum(ArithmeticOperator.MODULO, new VariableRef(total), number(1000));
        Expression step = within(element, () -> of(Type.INTEGER, depth));
        return new Reduce(total, start, element, list, sum(ArithmeticOperator.ADD, bounded, step));
    }

    private Expression floating(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> sum(ArithmeticOperator.ADD, of(Type.FLOAT, depth), of(Type.INTEGER, depth));
            case 1 -> sum(ArithmeticOperator.MULTIPLY, of(Type.FLOAT, depth), of(Type.FLOAT, depth));
            case 2 -> call(oneOf(List.of("round", "floor", "abs")), of(Type.FLOAT, depth));
            default -> call("toFloat", of(chance(50) ? Type.INTEGER : Type.TEXT, depth));
        };
    }

    private Expression text(int depth) {
        return switch (random.nextInt(7)) {
            case 0 ->
                sum(ArithmeticOperator.ADD, of(Type.TEXT, depth), of(chance(70) ? Type.TEXT : Type.INTEGER, depth));
            case 1 -> sum(ArithmeticOperator.CONCATENATE, of(Type.TEXT, depth), of(Type.TEXT, depth));
            case 2 -> call("substring", of(Type.TEXT, depth), number(random.nextInt(3)), number(random.nextInt(3)));
            case 3 -> call(oneOf(List.of("toUpper", "reverse", "trim")), of(Type.TEXT, depth));
            case 4 -> call("replace", of(Type.TEXT, depth), text("a"), of(Type.TEXT, depth));
            case 5 -> call("toString", of(oneOf(List.of(Type.INTEGER, Type.DATE, Type.DURATION)), depth));
            default -> call("left", of(Type.TEXT, depth), number(random.nextInt(3)));
        };
    }

    private Expression condition(int depth) {
        return switch (random.nextInt(11)) {
            case 0 -> new And(List.of(of(Type.BOOLEAN, depth), of(Type.BOOLEAN, depth)));
            case 1 -> new Or(List.of(of(Type.BOOLEAN, depth), of(Type.BOOLEAN, depth)));
            case 2 -> new Xor(of(Type.BOOLEAN, depth), of(Type.BOOLEAN, depth));
            case 3 -> new Not(of(Type.BOOLEAN, depth));
            case 4 -> new IsNull(of(oneOf(List.of(Type.values())), depth), random.nextBoolean());
            case 5 -> new In(of(Type.INTEGER, depth), of(Type.INTEGERS, depth));
            case 6 -> predicate(depth);
            case 7 ->
                new TextMatch(
                        oneOf(List.of(TextOperator.STARTS_WITH, TextOperator.ENDS_WITH, TextOperator.CONTAINS)),
                        of(Type.TEXT, depth),
                        of(Type.TEXT, depth));
            default -> {
                Type type = oneOf(List.of(Type.values()));
                Type other = chance(85) ? type : oneOf(List.of(Type.values()));
                yield compare(oneOf(List.of(CompareOperator.values())), of(type, depth), of(other, depth));
            }
        };
    }

    private Expression predicate(int depth) {
        Variable element = variable("x");
        Expression list = of(Type.INTEGERS, depth);
        Expression condition = within(element, () -> of(Type.BOOLEAN, depth));
        return new ListPredicate(oneOf(List.of(Quantifier.values())), element, list, condition);
    }

    private Expression integers(int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> new ListLiteral(List.of(of(Type.INTEGER, depth), of(Type.INTEGER, depth)));
            case 1, 2 -> comprehension(depth);
            case 3 ->
                new Slice(
                        of(Type.INTEGERS, depth),
                        chance(70) ? Optional.of(of(Type.INTEGER, depth)) : Optional.empty(),
                        chance(70) ? Optional.of(of(Type.INTEGER, depth)) : Optional.empty());
            case 4 -> call(oneOf(List.of("tail", "reverse")), of(Type.INTEGERS, depth));
            case 5 -> call("range", number(0), sum(ArithmeticOperator.MODULO, of(Type.INTEGER, depth), number(4)));
            default ->
                sum(
                        ArithmeticOperator.ADD,
                        of(Type.INTEGERS, depth),
                        of(chance(50) ? Type.INTEGERS : Type.INTEGER, depth));
        };
    }

    private Expression comprehension(int depth) {
        Variable element = variable("x");
        Expression list = of(Type.INTEGERS, depth);
        return new ListComprehension(
                element,
                list,
                chance(60) ? Optional.of(within(element, () -> of(Type.BOOLEAN, depth))) : Optional.empty(),
                chance(60) ? Optional.of(within(element, () -> of(Type.INTEGER, depth))) : Optional.empty());
    }

    private Expression date(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> sum(ArithmeticOperator.ADD, of(Type.DATE, depth), of(Type.DURATION, depth));
            case 1 -> sum(ArithmeticOperator.SUBTRACT, of(Type.DATE, depth), of(Type.DURATION, depth));
            case 2 -> call("date", of(Type.MOMENT, depth));
            case 3 -> call("date.truncate", text(oneOf(List.of("month", "week", "decade"))), of(Type.DATE, depth));
            default -> {
                Map<String, Expression> parts = new LinkedHashMap<>();
                parts.put("date", of(Type.DATE, depth));
                parts.put("month", call("size", new ListLiteral(List.of(number(1), of(Type.INTEGER, depth)))));
                yield call("date", new MapLiteral(parts));
            }
        };
    }

    private Expression moment(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> sum(ArithmeticOperator.ADD, of(Type.DURATION, depth), of(Type.MOMENT, depth));
            case 1 -> call("datetime", map("date", of(Type.DATE, depth)));
            case 2 -> call("datetime.truncate", text(oneOf(List.of("hour", "month"))), of(Type.MOMENT, depth));
            default -> call("datetime.fromEpochMillis", of(Type.INTEGER, depth));
        };
    }

    private Expression duration(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> sum(ArithmeticOperator.ADD, of(Type.DURATION, depth), of(Type.DURATION, depth));
            case 1 -> sum(ArithmeticOperator.SUBTRACT, of(Type.DURATION, depth), of(Type.DURATION, depth));
            case 2 -> sum(ArithmeticOperator.MULTIPLY, of(Type.DURATION, depth), new Literal(Value.of(1.5)));
            case 3 -> new Negate(of(Type.DURATION, depth));
            case 4 -> call("duration.between", of(Type.DATE, depth), of(Type.DATE, depth));
            default -> call("duration", map("hours", of(chance(50) ? Type.FLOAT : Type.INTEGER, 0)));
        };
    }

    /** With one more number to read. */
    private Expression within(Variable element, java.util.function.Supplier<Expression> made) {
        List<Expression> readable = leaves.computeIfAbsent(Type.INTEGER, any -> new ArrayList<>());
        readable.add(new VariableRef(element));
        Expression expression = made.get();
        readable.removeLast();
        return expression;
    }

    private Variable variable(String name) {
        int id = nextVariable.getAsInt();
        return new Variable(name + id, id, Kind.VALUE);
    }

    private static Expression sum(ArithmeticOperator operator, Expression left, Expression right) {
        return new Arithmetic(operator, left, right);
    }

    private static Expression compare(CompareOperator operator, Expression left, Expression right) {
        return new Compare(operator, left, right);
    }

    private static Expression call(String function, Expression... arguments) {
        return new FunctionCall(function, List.of(arguments));
    }

    private static Expression map(String key, Expression value) {
        return new MapLiteral(Map.of(key, value));
    }

    private static Expression number(long value) {
        return new Literal(Value.of(value));
    }

    private static Expression text(String value) {
        return new Literal(Value.of(value));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
