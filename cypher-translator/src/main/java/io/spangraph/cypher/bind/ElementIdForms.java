package io.spangraph.cypher.bind;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.In;
import io.spangraph.engine.expr.Expression.ListLiteral;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.model.schema.ElementIdCodec;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Set;

/**
 * Comparisons with element ids. Some clients are given ids with a number and send them back so; what {@code elementId()}
 * is compared with is therefore read in either form.
 */
final class ElementIdForms {
    private static final Set<String> ID_FUNCTIONS = Set.of("elementId", "id");

    private ElementIdForms() {}

    static Expression comparison(CompareOperator operator, Expression left, Expression right) {
        boolean equality = operator == CompareOperator.EQUAL || operator == CompareOperator.NOT_EQUAL;
        if (equality && isId(left) != isId(right)) {
            return isId(left) ? new Compare(operator, left, plain(right)) : new Compare(operator, plain(left), right);
        }
        return new Compare(operator, left, right);
    }

    static Expression in(Expression operand, Expression list) {
        return new In(operand, isId(operand) ? plain(list) : list);
    }

    private static boolean isId(Expression expression) {
        return expression instanceof FunctionCall call && ID_FUNCTIONS.contains(call.name());
    }

    private static Expression plain(Expression ids) {
        return switch (ids) {
            case Literal(Value.StringValue(String text)) -> new Literal(Value.of(ElementIdCodec.plain(text)));
            case Literal other -> other;
            case ListLiteral(List<Expression> elements) ->
                new ListLiteral(elements.stream().map(ElementIdForms::plain).toList());
            case Expression other -> new FunctionCall("plainElementId", List.of(other));
        };
    }
}
