package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;

/** Binds sums and products, where {@code +} also joins texts and lists. */
final class ArithmeticBinder {
    private ArithmeticBinder() {}

    static TypedExpression bind(AstExpression.Arithmetic arithmetic, ExpressionBinder binder) {
        TypedExpression left = binder.bind(arithmetic.left());
        TypedExpression right = binder.bind(arithmetic.right());
        if (left.type().isTemporal() || right.type().isTemporal()) {
            StaticType result = TemporalOperands.result(arithmetic, left.type(), right.type());
            return new TypedExpression(
                    new Expression.Arithmetic(arithmetic.operator(), left.expression(), right.expression()), result);
        }
        StaticType result = switch (arithmetic.operator()) {
            case ADD -> sum(arithmetic, left.type(), right.type());
            case CONCATENATE -> concatenation(arithmetic, left.type(), right.type());
            case SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> product(arithmetic, left, right);
        };
        return new TypedExpression(
                new Expression.Arithmetic(arithmetic.operator(), left.expression(), right.expression()), result);
    }

    private static StaticType sum(AstExpression.Arithmetic written, StaticType left, StaticType right) {
        if (isList(left) || isList(right)) {
            return StaticType.LIST;
        }
        StaticType[] addable = {StaticType.FLOAT, StaticType.INTEGER, StaticType.STRING, StaticType.LIST};
        TypeCheck.expect(left, written.left(), addable);
        TypeCheck.expect(right, written.right(), addable);
        if (left == StaticType.STRING || right == StaticType.STRING) {
            return StaticType.STRING;
        }
        return isNumber(left) && isNumber(right) ? number(left, right) : StaticType.ANY;
    }

    private static StaticType concatenation(AstExpression.Arithmetic written, StaticType left, StaticType right) {
        try {
            TypeCheck.expect(left, written.left(), StaticType.STRING, StaticType.LIST);
            boolean either = left != StaticType.STRING && !isList(left);
            TypeCheck.expect(
                    right,
                    written.right(),
                    either
                            ? new StaticType[] {StaticType.STRING, StaticType.LIST}
                            : new StaticType[] {isList(left) ? StaticType.LIST : StaticType.STRING});
        } catch (QueryException mismatch) {
            throw mismatch.withHint("|| joins two texts or two lists; write toString(...) around a number.");
        }
        StaticType known = left.or(right);
        return known == StaticType.NULL ? StaticType.ANY : known;
    }

    private static StaticType product(AstExpression.Arithmetic written, TypedExpression left, TypedExpression right) {
        TypeCheck.expect(left, written.left(), StaticType.FLOAT, StaticType.INTEGER);
        TypeCheck.expect(right, written.right(), StaticType.FLOAT, StaticType.INTEGER);
        return written.operator() == ArithmeticOperator.POWER ? StaticType.FLOAT : number(left.type(), right.type());
    }

    private static StaticType number(StaticType left, StaticType right) {
        if (left == StaticType.FLOAT || right == StaticType.FLOAT) {
            return StaticType.FLOAT;
        }
        return left == StaticType.INTEGER && right == StaticType.INTEGER ? StaticType.INTEGER : StaticType.NUMBER;
    }

    private static boolean isList(StaticType type) {
        return type == StaticType.LIST || type == StaticType.RELATIONSHIPS;
    }

    private static boolean isNumber(StaticType type) {
        return type == StaticType.INTEGER || type == StaticType.FLOAT || type == StaticType.NUMBER;
    }
}
