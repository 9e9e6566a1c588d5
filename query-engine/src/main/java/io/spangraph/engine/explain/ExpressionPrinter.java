package io.spangraph.engine.explain;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.Expression.Case;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.HasLabels;
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
import io.spangraph.engine.expr.Expression.Parameter;
import io.spangraph.engine.expr.Expression.Path;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.Reduce;
import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.expr.Expression.Slice;
import io.spangraph.engine.expr.Expression.Subscript;
import io.spangraph.engine.expr.Expression.TextMatch;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Expression.Xor;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import java.util.List;
import java.util.stream.Collectors;

/** Expressions as Cypher text with no more brackets than it needs, for plans that people read. */
public final class ExpressionPrinter {
    /** How tightly an expression binds; an operand that binds less tightly than its place asks for gets brackets. */
    private enum Tightness {
        OR,
        XOR,
        AND,
        NOT,
        COMPARISON,
        SUM,
        PRODUCT,
        POWER,
        SIGN,
        POSTFIX,
        ATOM
    }

    private ExpressionPrinter() {}

    public static String print(Expression expression) {
        return switch (expression) {
            case Literal literal -> ValuePrinter.print(literal.value());
            case Parameter parameter -> "$" + parameter.name();
            case VariableRef reference -> reference.variable().name();
            case Property property -> at(property.subject(), Tightness.POSTFIX) + "." + property.name();
            case FieldRef field -> field.variable().name() + "." + field.field();
            case And and -> infix(and.operands(), " AND ", Tightness.AND);
            case Or or -> infix(or.operands(), " OR ", Tightness.OR);
            case Xor xor -> infix(List.of(xor.left(), xor.right()), " XOR ", Tightness.XOR);
            case Not not -> "NOT " + at(not.operand(), Tightness.NOT);
            case Compare compare ->
                comparison(compare.left(), compare.operator().symbol(), compare.right());
            case IsNull isNull ->
                at(isNull.operand(), Tightness.SUM) + (isNull.negated() ? " IS NOT NULL" : " IS NULL");
            case In in -> comparison(in.operand(), "IN", in.list());
            case TextMatch match -> comparison(match.text(), match.operator().symbol(), match.pattern());
            case Arithmetic arithmetic -> arithmetic(arithmetic);
            case Negate negate -> "-" + at(negate.operand(), Tightness.SIGN);
            case Case cases -> cases(cases);
            case ListLiteral list -> "[" + list(list.elements()) + "]";
            case MapLiteral map ->
                map.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + print(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Subscript subscript ->
                at(subscript.container(), Tightness.POSTFIX) + "[" + print(subscript.index()) + "]";
            case Slice slice ->
                at(slice.list(), Tightness.POSTFIX) + "["
                        + slice.from().map(ExpressionPrinter::print).orElse("") + ".."
                        + slice.to().map(ExpressionPrinter::print).orElse("") + "]";
            case ListComprehension loop ->
                "[" + loop.element() + " IN " + print(loop.list())
                        + loop.condition()
                                .map(condition -> " WHERE " + print(condition))
                                .orElse("")
                        + loop.value().map(value -> " | " + print(value)).orElse("") + "]";
            case ListPredicate loop ->
                loop.quantifier().spelling() + "(" + loop.element() + " IN " + print(loop.list()) + " WHERE "
                        + print(loop.condition()) + ")";
            case Reduce loop ->
                "reduce(" + loop.accumulator() + " = " + print(loop.start()) + ", " + loop.element() + " IN "
                        + print(loop.list()) + " | " + print(loop.step()) + ")";
            case Path path -> "path(" + list(List.of(path.nodes(), path.relationships())) + ")";
            case FunctionCall call -> call.name() + "(" + list(call.arguments()) + ")";
            case HasLabels labels -> at(labels.node(), Tightness.POSTFIX) + ":" + print(labels.labels());
            case DistinctRelationships distinct -> "distinctRelationships(" + names(distinct.relationships()) + ")";
            case SameRow same -> "sameRow(" + same.left() + ", " + same.right() + ")";
        };
    }

    public static String print(AggregateCall call) {
        String arguments = call.function() == AggregateFunction.COUNT_ROWS ? "*" : list(call.arguments());
        return call.function().spelling() + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + ")";
    }

    public static String print(LabelExpression labels) {
        return switch (labels) {
            case LabelExpression.Any any -> "%";
            case LabelExpression.Label label -> label.name();
            case LabelExpression.And and -> bracketed(and.left()) + "&" + bracketed(and.right());
            case LabelExpression.Or or -> print(or.left()) + "|" + print(or.right());
            case LabelExpression.Not not -> "!" + bracketed(not.operand());
        };
    }

    static String list(List<Expression> expressions) {
        return expressions.stream().map(ExpressionPrinter::print).collect(Collectors.joining(", "));
    }

    static String names(List<Variable> variables) {
        return variables.stream().map(Variable::name).collect(Collectors.joining(", "));
    }

    private static String bracketed(LabelExpression labels) {
        return switch (labels) {
            case LabelExpression.Any any -> print(any);
            case LabelExpression.Label label -> print(label);
            case LabelExpression.Not not -> print(not);
            case LabelExpression.And and -> "(" + print(and) + ")";
            case LabelExpression.Or or -> "(" + print(or) + ")";
        };
    }

    private static String comparison(Expression left, String operator, Expression right) {
        return at(left, Tightness.SUM) + " " + operator + " " + at(right, Tightness.SUM);
    }

    private static String infix(List<Expression> operands, String operator, Tightness tightness) {
        Tightness inner = Tightness.values()[tightness.ordinal() + 1];
        return operands.stream().map(operand -> at(operand, inner)).collect(Collectors.joining(operator));
    }

    private static String arithmetic(Arithmetic arithmetic) {
        Tightness own = tightness(arithmetic.operator());
        Tightness right = Tightness.values()[own.ordinal() + 1];
        return at(arithmetic.left(), own) + " " + arithmetic.operator().symbol() + " " + at(arithmetic.right(), right);
    }

    private static String cases(Case cases) {
        String branches = cases.branches().stream()
                .map(when -> " WHEN " + print(when.condition()) + " THEN " + print(when.value()))
                .collect(Collectors.joining());
        return "CASE" + branches
                + cases.otherwise().map(value -> " ELSE " + print(value)).orElse("") + " END";
    }

    private static String at(Expression expression, Tightness place) {
        return tightness(expression).compareTo(place) < 0 ? "(" + print(expression) + ")" : print(expression);
    }

    private static Tightness tightness(Expression expression) {
        return switch (expression) {
            case Or or -> Tightness.OR;
            case Xor xor -> Tightness.XOR;
            case And and -> Tightness.AND;
            case Not not -> Tightness.NOT;
            case Compare compare -> Tightness.COMPARISON;
            case IsNull isNull -> Tightness.COMPARISON;
            case In in -> Tightness.COMPARISON;
            case TextMatch match -> Tightness.COMPARISON;
            case HasLabels labels -> Tightness.COMPARISON;
            case Arithmetic arithmetic -> tightness(arithmetic.operator());
            case Negate negate -> Tightness.SIGN;
            case Property property -> Tightness.POSTFIX;
            case Subscript subscript -> Tightness.POSTFIX;
            case Slice slice -> Tightness.POSTFIX;
            case Literal atom -> Tightness.ATOM;
            case Parameter atom -> Tightness.ATOM;
            case VariableRef atom -> Tightness.ATOM;
            case FieldRef atom -> Tightness.ATOM;
            case Case atom -> Tightness.ATOM;
            case ListLiteral atom -> Tightness.ATOM;
            case MapLiteral atom -> Tightness.ATOM;
            case ListComprehension atom -> Tightness.ATOM;
            case ListPredicate atom -> Tightness.ATOM;
            case Reduce atom -> Tightness.ATOM;
            case Path atom -> Tightness.ATOM;
            case FunctionCall atom -> Tightness.ATOM;
            case DistinctRelationships atom -> Tightness.ATOM;
            case SameRow atom -> Tightness.ATOM;
        };
    }

    private static Tightness tightness(ArithmeticOperator operator) {
        return switch (operator) {
            case ADD, SUBTRACT, CONCATENATE -> Tightness.SUM;
            case MULTIPLY, DIVIDE, MODULO -> Tightness.PRODUCT;
            case POWER -> Tightness.POWER;
        };
    }
}
