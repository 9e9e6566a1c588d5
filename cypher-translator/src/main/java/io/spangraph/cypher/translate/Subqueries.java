package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause.Match;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Exists;
import io.spangraph.cypher.ast.AstExpression.Form;
import io.spangraph.cypher.ast.AstMentions;
import io.spangraph.cypher.ast.AstSubquery;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.Substitution;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.translate.QueryTranslator.Translated;
import io.spangraph.cypher.translate.SplitCondition.Existing;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Plans queries that stand in expressions of another one, whose names they all see. */
final class Subqueries {
    private final Variables variables;
    private final SchemaNames schema;
    private final QueryTranslator queries;

    Subqueries(Variables variables, SchemaNames schema, QueryTranslator queries) {
        this.variables = variables;
        this.schema = schema;
        this.queries = queries;
    }

    /** Collects the queries of expressions over rows with these variables, which are asked for when one is met. */
    LiftedRows over(Supplier<List<Variable>> rows) {
        return new LiftedRows(this, variables, rows);
    }

    /** The rows that satisfy a condition. */
    Part filtered(Part rows, AstExpression condition) {
        SplitCondition split = SplitCondition.of(Optional.of(condition));
        LiftedRows lifted = over(rows.plan()::variables);
        ExpressionBinder binder = new ExpressionBinder(rows.scope(), schema, variables, Substitution.none(), lifted);
        List<Expression> plain = split.plain().stream().map(binder::condition).toList();
        Part result = new Part(PatternPlanner.filtered(lifted.over(rows.plan()), plain), rows.scope());
        return existing(result, split.existing());
    }

    /** The rows for which all queries have rows, or none, as they are asked. */
    Part existing(Part rows, List<Existing> tests) {
        Part result = rows;
        for (Existing test : tests) {
            result = new Part(existing(result, test), rows.scope());
        }
        return result;
    }

    /** The rows for which a query has rows, or has none. */
    private LogicalPlan existing(Part rows, Existing existing) {
        AstSubquery query = existing.query();
        if (isCorrelated(query, rows.scope())) {
            Translated inner = inner(query, rows.plan().variables(), rows.scope());
            return new SemiApply(rows.plan(), inner.plan(), existing.negated());
        }
        LiftedRows lifted = over(List::of);
        Expression exists = lifted.lift(new Exists(query, Form.BRACES, query.place()), rows.scope())
                .expression();
        return new Filter(lifted.over(rows.plan()), existing.negated() ? new Not(exists) : exists);
    }

    /** False when the query gives the same for every row around it. */
    static boolean isCorrelated(AstSubquery query, Scope scope) {
        return !scope.only(AstMentions.of(query)::has).names().isEmpty();
    }

    /** The rows of a query for each row with these variables; what does not look at that row starts from nothing. */
    Translated inner(AstSubquery query, List<Variable> row, Scope scope) {
        if (!query.naming()) {
            refuseNewNames(query, scope);
        }
        LogicalPlan start = isCorrelated(query, scope) ? new Argument(row) : new SingleRow();
        return queries.translate(query, new Part(start, scope), new OuterRow(row, scope));
    }

    private static void refuseNewNames(AstSubquery query, Scope scope) {
        query.parts().stream()
                .flatMap(part -> part.clauses().stream())
                .filter(Match.class::isInstance)
                .flatMap(match -> ((Match) match).patterns().stream())
                .flatMap(pattern -> pattern.names().stream())
                .filter(name -> scope.find(name.name()).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw CypherErrors.semantic(
                            "PatternExpressions are not allowed to introduce new variables: '" + name.name() + "'",
                            name.place().position());
                });
    }
}
