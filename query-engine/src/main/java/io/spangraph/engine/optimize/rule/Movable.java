package io.spangraph.engine.optimize.rule;

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
import io.spangraph.engine.expr.Expression.TextOperator;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Expression.Xor;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.ScalarFunctions;
import io.spangraph.model.value.Value;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Decides which conditions a rule may evaluate on other rows than those that they were written for.
 *
 * <p>The decision for all rules: a condition moves only if it can neither fail nor give a different answer when asked
 * again. {@code 10 / n.x > 1} stays where it is, so that a filter {@code n.x <> 0} before it still guards it. Within one
 * WHERE, as in Cypher at large, the order of the conjuncts is not promised. An expression without variables belongs to
 * the query and not to a row: it may fail before the first row is read, and a parameter of a wrong type too.
 */
final class Movable {
    /** Functions that accept whatever a property holds. */
    private static final Set<String> NEVER_FAIL =
            Set.of("elementid", "id", "labels", "type", "coalesce", "plainelementid");

    private Movable() {}

    /** True if the condition may be evaluated on more rows, on fewer, or twice. */
    static boolean isMovable(Expression condition) {
        return switch (condition) {
            case And and -> and.operands().stream().allMatch(Movable::isMovable);
            case Or or -> or.operands().stream().allMatch(Movable::isMovable);
            case Xor xor -> isMovable(xor.left()) && isMovable(xor.right());
            case Not not -> isMovable(not.operand());
            case Compare compare -> isHarmless(compare.left()) && isHarmless(compare.right());
            case IsNull isNull -> isHarmless(isNull.operand());
            case In in -> isHarmless(in.operand()) && isHarmlessList(in.list());
            case TextMatch match ->
                isHarmless(match.text())
                        && isHarmless(match.pattern())
                        && (match.operator() != TextOperator.MATCHES || isPattern(match.pattern()));
            case HasLabels labels -> labels.node() instanceof VariableRef;
            case DistinctRelationships distinct -> true;
            case SameRow same -> true;
            case Parameter parameter -> true;
            case Literal literal ->
                literal.value() instanceof Value.BooleanValue || literal.value().isNull();
            // What is not known to be a Boolean is an error as a condition.
            case Property other -> false;
            case VariableRef other -> false;
            case FieldRef other -> false;
            case Arithmetic other -> false;
            case Negate other -> false;
            case Case other -> false;
            case ListLiteral other -> false;
            case MapLiteral other -> false;
            case Subscript other -> false;
            case Slice other -> false;
            case ListComprehension other -> false;
            case ListPredicate other -> false;
            case Reduce other -> false;
            case Path other -> false;
            case FunctionCall other -> false;
        };
    }

    /** True for a value that is the same whenever it is asked for, and no error. */
    static boolean isHarmless(Expression value) {
        return switch (value) {
            case Literal leaf -> true;
            case Parameter leaf -> true;
            case VariableRef leaf -> true;
            case FieldRef leaf -> true;
            case Property property ->
                property.subject() instanceof VariableRef(var variable)
                        ? variable.isEntity()
                        : isConstantOfQuery(property.subject());
            case Case cases ->
                cases.branches().stream().allMatch(when -> isMovable(when.condition()) && isHarmless(when.value()))
                        && cases.otherwise().map(Movable::isHarmless).orElse(true);
            case ListLiteral list -> list.elements().stream().allMatch(Movable::isHarmless);
            case MapLiteral map -> map.entries().values().stream().allMatch(Movable::isHarmless);
            case ListComprehension other -> false;
            case ListPredicate other -> false;
            case Reduce other -> false;
            case Path other -> false;
            case FunctionCall call -> isHarmlessCall(call);
            case Arithmetic arithmetic ->
                isConstant(arithmetic)
                        && (arithmetic.right() instanceof Literal(Value divisor) && !divisor.equals(Value.of(0L))
                                || arithmetic.operator() != ArithmeticOperator.DIVIDE
                                        && arithmetic.operator() != ArithmeticOperator.MODULO)
                        && isHarmless(arithmetic.left())
                        && isHarmless(arithmetic.right());
            case Negate negate -> isConstant(negate) && isHarmless(negate.operand());
            case Subscript other -> false;
            case Slice other -> false;
            case And condition -> isMovable(condition);
            case Or condition -> isMovable(condition);
            case Xor condition -> isMovable(condition);
            case Not condition -> isMovable(condition);
            case Compare condition -> isMovable(condition);
            case IsNull condition -> isMovable(condition);
            case In condition -> isMovable(condition);
            case TextMatch condition -> isMovable(condition);
            case HasLabels condition -> isMovable(condition);
            case DistinctRelationships condition -> true;
            case SameRow condition -> true;
        };
    }

    /** True for an expression that is evaluated once for a query: no variable in it, nothing volatile, no error. */
    static boolean isConstantOfQuery(Expression expression) {
        return isConstant(expression) && isHarmless(expression);
    }

    private static boolean isConstant(Expression expression) {
        return ExpressionTree.variables(expression).isEmpty();
    }

    private static boolean isHarmlessCall(FunctionCall call) {
        String name = call.name().toLowerCase(Locale.ROOT);
        return (NEVER_FAIL.contains(name) || isConstant(call))
                && !ScalarFunctions.isVolatile(name)
                && call.arguments().stream().allMatch(Movable::isHarmless);
    }

    private static boolean isHarmlessList(Expression list) {
        if (list instanceof Literal(Value value)) {
            return value instanceof Value.ListValue || value.isNull();
        }
        // Of anything else nobody knows that it is a list.
        boolean isList = list instanceof ListLiteral || (list instanceof FunctionCall && isConstant(list));
        return list instanceof Parameter || (isList && isHarmless(list));
    }

    private static boolean isPattern(Expression pattern) {
        if (pattern instanceof Literal(Value.StringValue(String text))) {
            try {
                Pattern.compile(text);
                return true;
            } catch (PatternSyntaxException invalid) {
                return false;
            }
        }
        return pattern instanceof Parameter;
    }
}
