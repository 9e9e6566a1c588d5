package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause;
import io.spangraph.cypher.ast.AstClause.CallSubquery;
import io.spangraph.cypher.ast.AstClause.Match;
import io.spangraph.cypher.ast.AstClause.ProcedureCall;
import io.spangraph.cypher.ast.AstClause.Return;
import io.spangraph.cypher.ast.AstClause.Show;
import io.spangraph.cypher.ast.AstClause.Unwind;
import io.spangraph.cypher.ast.AstClause.With;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstMentions;
import io.spangraph.cypher.ast.AstQuery;
import io.spangraph.cypher.ast.AstQuery.Combination;
import io.spangraph.cypher.ast.AstQuery.SingleQuery;
import io.spangraph.cypher.ast.AstSubquery;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.StaticType;
import io.spangraph.cypher.bind.Substitution;
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
import java.util.function.Function;

/** Translates parsed queries: clause by clause, each over the rows and names of the one before. */
public final class QueryTranslator {
    private final Variables variables = new Variables();
    private final SchemaNames schema;
    private final Subqueries subqueries;
    private final MatchTranslator matches;
    private final ProjectionTranslator projections;
    private final CallTranslator calls;
    private final ProcedureTranslator procedures;
    private final ShowTranslator commands;

    private QueryTranslator(GraphSchema schema, UnknownNames unknownNames) {
        this.schema = new SchemaNames(schema, unknownNames);
        this.subqueries = new Subqueries(variables, this.schema, this);
        this.matches = new MatchTranslator(variables, this.schema, subqueries);
        this.projections = new ProjectionTranslator(variables, this.schema, subqueries);
        this.calls = new CallTranslator(this);
        this.procedures = new ProcedureTranslator(variables, this.schema, subqueries);
        this.commands = new ShowTranslator(variables, this.schema, subqueries);
    }

    /** The plan of a query over a schema. */
    public static QueryPlan translate(AstQuery query, GraphSchema schema, UnknownNames unknownNames) {
        return new QueryTranslator(schema, unknownNames).query(query);
    }

    private QueryPlan query(AstQuery query) {
        query.graphs().forEach(schema::checkGraph);
        Translated translated = union(
                query.parts(), query.combination(), part -> single(part.clauses(), Part.start(), OuterRow.none()));
        List<Notification> notifications = new ArrayList<>(query.notifications());
        notifications.addAll(schema.notifications());
        return new QueryPlan(query.mode(), translated.plan(), translated.columns(), notifications, query.snapshot());
    }

    /** A query inside another one, whose rows start from these. */
    Translated translate(AstSubquery query, Part start, OuterRow outer) {
        return union(query.parts(), query.combination(), part -> single(part.clauses(), start, outer));
    }

    /** Queries that UNION combines. */
    Translated union(List<SingleQuery> parts, Combination combination, Function<SingleQuery, Translated> each) {
        Translated translated = each.apply(parts.getFirst());
        for (SingleQuery part : parts.subList(1, parts.size())) {
            translated = UnionTranslator.union(translated, each.apply(part), variables, part.place());
        }
        return parts.size() > 1 && combination == Combination.UNION_DISTINCT
                ? new Translated(new Distinct(translated.plan()), translated.columns(), translated.scope())
                : translated;
    }

    /**
     * What a query gives.
     *
     * @param columns none if it ends without RETURN
     * @param scope what is known of the columns, by their names
     */
    record Translated(LogicalPlan plan, List<ResultColumn> columns, Scope scope) {}

    /** Clauses without UNION, over the rows that they start from. */
    Translated single(List<AstClause> clauses, Part start, OuterRow outer) {
        PathUses uses = PathUses.of(clauses);
        Part part = start;
        List<ResultColumn> columns = List.of();
        for (int i = 0; i < clauses.size(); i++) {
            switch (clauses.get(i)) {
                case Match match -> part = matches.translate(match, part, uses);
                case Unwind unwind -> part = unwind(unwind, part);
                case CallSubquery call -> part = calls.translate(call, part);
                case With with -> part = with(with, part, outer, clauses.subList(i + 1, clauses.size()));
                case ProcedureCall call -> {
                    Projected called = procedures.translate(call, clauses.size() == 1, part);
                    part = called.part();
                    columns = clauses.size() == 1 ? called.columns() : columns;
                }
                case Show show -> {
                    Projected shown = commands.translate(show, part);
                    part = shown.part();
                    columns = shown.columns();
                }
                case Return result -> {
                    Projected projected =
                            projections.translate(result.projection(), Optional.empty(), result.place(), true, part);
                    part = projected.part();
                    columns = projected.columns();
                }
            }
        }
        return new Translated(part.plan(), columns, part.scope());
    }

    private Part with(With clause, Part before, OuterRow outer, List<AstClause> following) {
        outer.refuseShadows(clause);
        // Grouping takes the names from outside away, and the condition is the first to ask for them again.
        boolean later =
                clause.where().map(AstMentions::of).filter(outer::isMentioned).isPresent()
                        && ProjectionTranslator.isGrouped(clause.projection());
        Optional<AstExpression> now = later ? Optional.empty() : clause.where();
        Part part = projections
                .translate(clause.projection(), now, clause.place(), false, before)
                .part();
        if (!later) {
            return outer.around(part, AstMentions.of(following));
        }
        AstExpression where = clause.where().orElseThrow();
        return subqueries.filtered(outer.around(part, AstMentions.of(following).and(AstMentions.of(where))), where);
    }

    private Part unwind(Unwind clause, Part before) {
        String name = clause.element().name();
        if (before.scope().find(name).isPresent()) {
            throw CypherErrors.semantic(
                    "Variable `" + name + "` already declared",
                    clause.element().place().position());
        }
        LiftedRows lifted = subqueries.over(before.plan()::variables);
        TypedExpression list = new ExpressionBinder(before.scope(), schema, variables, Substitution.none(), lifted)
                .bind(clause.list());
        TypeCheck.expect(list, clause.list(), StaticType.LIST);
        Variable element = variables.named(name, Kind.VALUE);
        return new Part(
                new LogicalPlan.Unwind(lifted.over(before.plan()), list.expression(), element),
                before.scope().with(name, Binding.value(element, StaticType.ANY)));
    }
}
