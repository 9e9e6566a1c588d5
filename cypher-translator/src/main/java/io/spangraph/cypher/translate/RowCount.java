package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Literal;
import io.spangraph.cypher.ast.AstWalk;
import io.spangraph.cypher.bind.Aggregates;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.StaticType;
import io.spangraph.cypher.bind.TypedExpression;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.expr.Expression;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.IntegerValue;
import java.util.Optional;

/** Binds the number behind SKIP and LIMIT, which is the same for all rows. */
final class RowCount {
    private final Variables variables;
    private final SchemaNames schema;

    RowCount(Variables variables, SchemaNames schema) {
        this.variables = variables;
        this.schema = schema;
    }

    Expression bind(AstExpression count, String clause) {
        AstWalk.names(count).stream().findFirst().ifPresent(name -> {
            throw CypherErrors.semantic(
                    "It is not allowed to refer to variables in " + clause + ", so that the value for " + clause
                            + " can be statically calculated",
                    name.place().position());
        });
        if (Aggregates.contains(count)) {
            throw CypherErrors.semantic(
                    "It is not allowed to use aggregating functions in " + clause,
                    count.place().position());
        }
        TypedExpression bound = new ExpressionBinder(Scope.EMPTY, schema, variables).bind(count);
        boolean wrongType = bound.type() != StaticType.ANY
                && bound.type() != StaticType.INTEGER
                && bound.type() != StaticType.NUMBER;
        boolean negative = count instanceof Literal(IntegerValue(long number), var place) && number < 0;
        if (wrongType || negative) {
            throw CypherErrors.semantic(
                    "Invalid input for " + clause + ": "
                            + written(count).map(text -> "'" + text + "'").orElse("the expression")
                            + " is not a valid value. Must be a non-negative integer",
                    count.place().position());
        }
        return bound.expression();
    }

    private static Optional<String> written(AstExpression count) {
        return count instanceof Literal literal
                ? switch (literal.value()) {
                    case IntegerValue(long number) -> Optional.of(Long.toString(number));
                    case Value.FloatValue(double number) -> Optional.of(Double.toString(number));
                    case Value.StringValue(String text) -> Optional.of(text);
                    case Value.BooleanValue(boolean truth) -> Optional.of(Boolean.toString(truth));
                    case Value.NullValue nothing -> Optional.of("null");
                    case Value other -> Optional.empty();
                }
                : Optional.empty();
    }
}
