package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause;
import io.spangraph.cypher.ast.AstClause.Match;
import io.spangraph.cypher.ast.AstClause.Return;
import io.spangraph.cypher.ast.AstClause.Unwind;
import io.spangraph.cypher.ast.AstClause.With;
import io.spangraph.cypher.ast.AstQuery;
import io.spangraph.cypher.ast.AstQuery.Combination;
import io.spangraph.cypher.ast.AstQuery.SingleQuery;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.StaticType;
import io.spangraph.cypher.bind.TypeCheck;
import io.spangraph.cypher.bind.TypedExpression;
import io.spangraph.cypher.bind.UnknownNames;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.translate.ProjectionTranslator.Projected;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import io.spangraph.model.schema.GraphSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates parsed queries: clause by clause, each over the rows and names of the one before. */
public final class QueryTranslator {
    private final Variables variables = new Variables();
    private final SchemaNames schema;
    private final MatchTranslator matches;
    private final ProjectionTranslator projections;

    private QueryTranslator(GraphSchema schema, UnknownNames unknownNames) {
        this.schema = new SchemaNames(schema, unknownNames);
        this.matches = new MatchTranslator(variables, this.schema);
        this.projections = new ProjectionTranslator(variables, this.schema);
    }

    /** The plan of a query over a schema. */
    public static QueryPlan translate(AstQuery query, GraphSchema schema, UnknownNames unknownNames) {
        return new QueryTranslator(schema, unknownNames).query(query);
    }

    private QueryPlan query(AstQuery query) {
        Translated translated = single(query.parts().getFirst());
        for (SingleQuery part : query.parts().subList(1, query.parts().size())) {
            translated = UnionTranslator.union(translated, single(part), variables, part.place());
        }
        boolean distinct = query.parts().size() > 1 && query.combination() == Combination.UNION_DISTINCT;
        LogicalPlan plan = distinct ? new Distinct(translated.plan()) : translated.plan();
        List<Notification> notifications = new ArrayList<>(query.notifications());
        notifications.addAll(schema.notifications());
        return new QueryPlan(query.mode(), plan, translated.columns(), notifications);
    }

    /** A query that ends with RETURN. */
    record Translated(LogicalPlan plan, List<ResultColumn> columns) {}

    private Translated single(SingleQuery query) {
        PathUses uses = PathUses.of(query);
        Part part = Part.start();
        List<ResultColumn> columns = List.of();
        for (AstClause clause : query.clauses()) {
            switch (clause) {
                case Match match -> part = matches.translate(match, part, uses);
                case Unwind unwind -> part = unwind(unwind, part);
                case With with -> {
                    Projected projected =
                            projections.translate(with.projection(), with.where(), with.place(), false, part);
                    part = projected.part();
                }
                case Return result -> {
                    Projected projected =
                            projections.translate(result.projection(), Optional.empty(), result.place(), true, part);
                    part = projected.part();
                    columns = projected.columns();
                }
            }
        }
        return new Translated(part.plan(), columns);
    }

    private Part unwind(Unwind clause, Part before) {
        String name = clause.element().name();
        if (before.scope().find(name).isPresent()) {
            throw CypherErrors.semantic(
                    "Variable `" + name + "` already declared",
                    clause.element().place().position());
        }
        TypedExpression list = new ExpressionBinder(before.scope(), schema, variables).bind(clause.list());
        TypeCheck.expect(list, clause.list(), StaticType.LIST);
        Variable element = variables.named(name, Kind.VALUE);
        return new Part(
                new LogicalPlan.Unwind(before.plan(), list.expression(), element),
                before.scope().with(name, Binding.value(element, StaticType.ANY)));
    }
}
