package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Alternative;
import io.spangraph.cypher.ast.AstExpression.Comparison;
import io.spangraph.cypher.ast.AstExpression.HasLabels;
import io.spangraph.cypher.ast.AstWalk;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Case;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.When;
import io.spangraph.engine.expr.Expression.Xor;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Binds everything that is true, false or unknown, and CASE, which chooses by it. */
final class ConditionBinder {
    private static final Set<String> TRUTHS = Set.of("true", "false");

    private final ExpressionBinder expressions;
    private final SchemaNames schema;

    ConditionBinder(ExpressionBinder expressions, SchemaNames schema) {
        this.expressions = expressions;
        this.schema = schema;
    }

    TypedExpression or(AstExpression.Or or) {
        return truth(new Or(or.operands().stream().map(expressions::condition).toList()));
    }

    TypedExpression and(AstExpression.And and) {
        return truth(new And(and.operands().stream().map(expressions::condition).toList()));
    }

    TypedExpression xor(AstExpression.Xor xor) {
        return truth(xor.operands().stream()
                .map(expressions::condition)
                .reduce(Xor::new)
                .orElseThrow());
    }

    TypedExpression not(AstExpression.Not not) {
        return truth(new Not(expressions.condition(not.operand())));
    }

    /** {@code a < b <= c} is {@code a < b AND b <= c}. */
    TypedExpression comparison(Comparison comparison) {
        List<AstExpression> written = comparison.operands();
        if (written.size() > 2) {
            written.subList(1, written.size() - 1).forEach(ConditionBinder::refuseRandom);
        }
        List<TypedExpression> typed = written.stream().map(expressions::bind).toList();
        for (int i = 0; i < comparison.operators().size(); i++) {
            Comparisons.check(comparison, comparison.operators().get(i), typed.get(i), typed.get(i + 1))
                    .ifPresent(expressions::report);
        }
        List<Expression> operands =
                typed.stream().map(TypedExpression::expression).toList();
        List<Expression> pairs = new ArrayList<>();
        for (int i = 0; i < comparison.operators().size(); i++) {
            pairs.add(ElementIdForms.comparison(comparison.operators().get(i), operands.get(i), operands.get(i + 1)));
        }
        return truth(pairs.size() == 1 ? pairs.getFirst() : new And(pairs));
    }

    TypedExpression in(AstExpression.In in) {
        TypedExpression operand = expressions.bind(in.operand());
        TypedExpression list = expressions.bind(in.list());
        try {
            TypeCheck.expect(list, in.list(), StaticType.LIST);
        } catch (QueryException mismatch) {
            throw mismatch.withHint("A list is written in square brackets: x IN [1, 2].");
        }
        return truth(ElementIdForms.in(operand.expression(), list.expression()));
    }

    TypedExpression typed(AstExpression.TypeTest test) {
        Expression operand = expressions.bind(test.operand()).expression();
        Expression condition = new FunctionCall("isTyped", List.of(operand, new Literal(Value.of(test.type()))));
        return truth(test.negated() ? new Not(condition) : condition);
    }

    TypedExpression hasLabels(HasLabels test) {
        refuseTruth(test);
        TypedExpression operand = expressions.bind(test.operand());
        TypeCheck.expect(operand, test.operand(), StaticType.NODE, StaticType.RELATIONSHIP);
        Expression condition;
        if (operand.type() == StaticType.RELATIONSHIP) {
            schema.relationshipTypes(test.labels());
            condition = hasType(operand.expression(), test.labels().expression());
        } else {
            schema.checkLabels(test.labels());
            condition =
                    new Expression.HasLabels(operand.expression(), test.labels().expression());
        }
        return truth(test.negated() ? new Not(condition) : condition);
    }

    /** {@code x IS true} reads as a question for a label. */
    private static void refuseTruth(HasLabels test) {
        for (var label : test.labels().names()) {
            if (TRUTHS.contains(label.name().toLowerCase(Locale.ROOT))) {
                throw CypherErrors.syntax(
                                "IS " + (test.negated() ? "NOT " : "") + label.name()
                                        + " asks for a label, and is no comparison",
                                label.place().position())
                        .withHint("Write x = " + label.name() + " or x <> " + label.name() + ".");
            }
        }
    }

    /** A relationship has exactly one type, so that a type expression is a condition on its name. */
    private static Expression hasType(Expression relationship, LabelExpression types) {
        return switch (types) {
            case LabelExpression.Any any -> new IsNull(relationship, true);
            case LabelExpression.Label(String name) ->
                new Compare(
                        CompareOperator.EQUAL,
                        new FunctionCall("type", List.of(relationship)),
                        new Literal(Value.of(name)));
            case LabelExpression.And(LabelExpression left, LabelExpression right) ->
                new And(List.of(hasType(relationship, left), hasType(relationship, right)));
            case LabelExpression.Or(LabelExpression left, LabelExpression right) ->
                new Or(List.of(hasType(relationship, left), hasType(relationship, right)));
            case LabelExpression.Not(LabelExpression operand) -> new Not(hasType(relationship, operand));
        };
    }

    TypedExpression branches(AstExpression.Case branches) {
        branches.operand().ifPresent(ConditionBinder::refuseRandom);
        StaticType type = StaticType.NULL;
        List<When> whens = new ArrayList<>();
        for (Alternative alternative : branches.alternatives()) {
            List<Expression> tests = alternative.conditions().stream()
                    .map(expressions::condition)
                    .toList();
            TypedExpression value = expressions.bind(alternative.value());
            whens.add(new When(tests.size() == 1 ? tests.getFirst() : new Or(tests), value.expression()));
            type = type.or(value.type());
        }
        if (branches.otherwise().isPresent()) {
            TypedExpression otherwise = expressions.bind(branches.otherwise().get());
            return new TypedExpression(new Case(whens, Optional.of(otherwise.expression())), type.or(otherwise.type()));
        }
        return new TypedExpression(new Case(whens, Optional.empty()), type);
    }

    /** What is compared several times is written out several times, which is only the same for a pure expression. */
    private static void refuseRandom(AstExpression operand) {
        AstWalk.find(operand, Aggregates::isRandom).ifPresent(random -> {
            throw CypherErrors.unsupported(
                    "A random value that is compared more than once",
                    false,
                    random.place().position());
        });
    }

    private static TypedExpression truth(Expression expression) {
        return new TypedExpression(expression, StaticType.BOOLEAN);
    }
}
