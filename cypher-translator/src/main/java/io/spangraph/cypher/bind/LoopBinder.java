package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.ListComprehension;
import io.spangraph.cypher.ast.AstExpression.ListPredicate;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstExpression.Reduce;
import io.spangraph.cypher.ast.AstMentions;
import io.spangraph.cypher.ast.AstWalk;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Variable;
import java.util.Optional;

/** Binds expressions that go through a list: within them, one more name stands for an element. */
final class LoopBinder {
    private LoopBinder() {}

    static TypedExpression comprehension(ListComprehension loop, ExpressionBinder outer) {
        loop.condition().ifPresent(LoopBinder::refuseAggregates);
        loop.value().ifPresent(LoopBinder::refuseAggregates);
        Expression list = list(loop.list(), outer);
        Variable element = outer.element(loop.element());
        ExpressionBinder inner = outer.within(loop.element(), element);
        return new TypedExpression(
                new Expression.ListComprehension(
                        element,
                        list,
                        loop.condition().map(inner::condition),
                        loop.value().map(value -> inner.bind(value).expression())),
                StaticType.LIST);
    }

    static TypedExpression predicate(ListPredicate loop, ExpressionBinder outer) {
        refuseAggregates(loop.condition());
        Expression list = list(loop.list(), outer);
        Variable element = outer.element(loop.element());
        ExpressionBinder inner = outer.within(loop.element(), element);
        return new TypedExpression(
                new Expression.ListPredicate(loop.quantifier(), element, list, inner.condition(loop.condition())),
                StaticType.BOOLEAN);
    }

    static TypedExpression reduce(Reduce loop, ExpressionBinder outer) {
        refuseAggregates(loop.step());
        TypedExpression start = outer.bind(loop.start());
        Expression list = list(loop.list(), outer);
        Variable accumulator = outer.element(loop.accumulator());
        Variable element = outer.element(loop.element());
        if (loop.accumulator().name().equals(loop.element().name())) {
            throw CypherErrors.semantic(
                    "Variable `" + loop.element().name() + "` is both the accumulator and the element of reduce()",
                    loop.element().place().position());
        }
        TypedExpression step = outer.within(loop.accumulator(), accumulator)
                .within(loop.element(), element)
                .bind(loop.step());
        return new TypedExpression(
                new Expression.Reduce(accumulator, start.expression(), element, list, step.expression()),
                start.type().or(step.type()));
    }

    private static Expression list(AstExpression written, ExpressionBinder outer) {
        TypedExpression list = outer.bind(written);
        TypeCheck.expect(list, written, StaticType.LIST);
        return list.expression();
    }

    /** An aggregate sees the rows of a group, and the elements of a list are none. */
    private static void refuseAggregates(AstExpression perElement) {
        AstWalk.find(perElement, Aggregates::isAggregate).ifPresent(aggregate -> {
            throw CypherErrors.semantic(
                    "Can't use aggregating expressions inside of expressions executing over lists",
                    aggregate.place().position());
        });
    }

    /** What is known of whole expressions holds inside a loop too, unless they mention its element. */
    static Substitution outside(Name element, Substitution outer) {
        return expression ->
                AstWalk.names(expression).stream().anyMatch(name -> name.name().equals(element.name()))
                        ? Optional.empty()
                        : outer.of(expression);
    }

    /** A query over the elements of a list would be a plan for each of them; what does not mention them is one plan. */
    static SubqueryLift outside(Name element, SubqueryLift outer, Scope scope) {
        return (subquery, within) -> {
            if (AstMentions.of(subquery).names().contains(element.name())) {
                throw CypherErrors.unsupported(
                                "A subquery over the elements of a list, here `" + element.name() + "`,",
                                false,
                                subquery.place().position())
                        .withHint("UNWIND the list first: UNWIND ... AS " + element.name()
                                + ", then use the subquery, then collect() the results.");
            }
            return outer.lift(subquery, scope);
        };
    }
}
