package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause.Projection;
import io.spangraph.cypher.ast.AstClause.SortItem;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstMentions;
import io.spangraph.cypher.ast.AstSubquery;
import io.spangraph.cypher.ast.AstWalk;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.bind.Aggregates;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.PathPart;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.Skip;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Translates WITH and RETURN: items, DISTINCT, ORDER BY, SKIP, LIMIT and the WHERE of WITH, in this order. What only the
 * order or the condition needs is carried along and dropped at the end.
 */
final class ProjectionTranslator {
    private final Variables variables;
    private final SchemaNames schema;
    private final Subqueries subqueries;

    ProjectionTranslator(Variables variables, SchemaNames schema, Subqueries subqueries) {
        this.variables = variables;
        this.schema = schema;
        this.subqueries = subqueries;
    }

    /** What a projection gives: the rows, the names in them, and the columns in the order in which they are written. */
    record Projected(Part part, List<ResultColumn> columns) {}

    Projected translate(
            Projection projection, Optional<AstExpression> where, Place place, boolean result, Part before) {
        List<ProjectedItem> items = ItemList.of(projection, before.scope(), place, result);
        boolean grouped = items.stream().anyMatch(item -> Aggregates.contains(item.expression()));
        if (!grouped) {
            refuseAggregates(projection.orderBy(), result);
        }
        ProjectionRows rows = grouped
                ? new GroupedRows(items, projection.distinct(), before, variables, schema, subqueries)
                : new PlainRows(items, projection.distinct(), before, variables, schema, subqueries);
        LiftedRows ofOrder = subqueries.over(rows::variables);
        ExpressionBinder order = rows.sortBinder(ofOrder);
        List<SortKey> keys = projection.orderBy().stream()
                .map(item -> new SortKey(order.bind(item.expression()).expression(), item.descending()))
                .toList();
        SplitCondition split = SplitCondition.of(where);
        LiftedRows ofWhere = subqueries.over(rows::variables);
        ExpressionBinder condition = rows.whereBinder(ofWhere);
        List<Expression> conditions =
                split.plain().stream().map(condition::condition).toList();
        split.existing().forEach(existing -> rows.carry(existing.query()));
        LogicalPlan plan =
                PatternPlanner.filtered(ofWhere.over(orderedAndCut(rows, keys, ofOrder, projection)), conditions);
        plan = subqueries
                .existing(new Part(plan, condition.scope()), split.existing())
                .plan();
        return new Projected(
                new Part(dropped(plan, rows.items()), scope(rows.items())),
                rows.items().stream()
                        .map(item -> new ResultColumn(item.name(), item.variable()))
                        .toList());
    }

    /** True when rows become fewer, so that names from before mean nothing to what follows. */
    static boolean isGrouped(Projection projection) {
        return projection.distinct()
                || projection.items().stream().anyMatch(item -> Aggregates.contains(item.expression()));
    }

    private LogicalPlan orderedAndCut(
            ProjectionRows rows, List<SortKey> keys, LiftedRows ofOrder, Projection projection) {
        if (projection.limit().isPresent() && ofOrder.isEmpty()) {
            Optional<LogicalPlan> few = rows.planOfCut(keys, plan -> cut(sorted(plan, keys), projection));
            if (few.isPresent()) {
                // What the queries add to the rows need not keep their order.
                return sorted(few.get(), keys);
            }
        }
        LogicalPlan plan = projection.distinct() ? new Distinct(rows.plan()) : rows.plan();
        return cut(keys.isEmpty() ? plan : new Sort(ofOrder.over(plan), keys), projection);
    }

    private static LogicalPlan sorted(LogicalPlan plan, List<SortKey> keys) {
        return keys.isEmpty() ? plan : new Sort(plan, keys);
    }

    private LogicalPlan cut(LogicalPlan input, Projection projection) {
        RowCount count = new RowCount(variables, schema);
        LogicalPlan plan = input;
        if (projection.skip().isPresent()) {
            plan = new Skip(plan, count.bind(projection.skip().get(), "SKIP"));
        }
        if (projection.limit().isPresent()) {
            plan = new Limit(plan, count.bind(projection.limit().get(), "LIMIT"));
        }
        return plan;
    }

    /** The plan with exactly the variables of the items. */
    private static LogicalPlan dropped(LogicalPlan plan, List<Binding> items) {
        List<Variable> wanted = items.stream().map(Binding::variable).toList();
        if (wanted.size() == plan.variables().size() && plan.variables().containsAll(wanted)) {
            return plan;
        }
        List<Item> passed = new ArrayList<>();
        for (Variable variable : wanted) {
            passed.add(new Item(new VariableRef(variable), variable));
        }
        return new Project(plan, passed);
    }

    private static Scope scope(List<Binding> items) {
        Scope scope = Scope.EMPTY;
        for (Binding item : items) {
            scope = scope.with(item.name(), item);
        }
        return scope;
    }

    private static void refuseAggregates(List<SortItem> orderBy, boolean result) {
        for (SortItem item : orderBy) {
            AstWalk.find(item.expression(), Aggregates::isAggregate).ifPresent(aggregate -> {
                throw CypherErrors.semantic(
                        "Cannot use aggregation in ORDER BY if there are no aggregate expressions in the preceding "
                                + (result ? "RETURN" : "WITH"),
                        aggregate.place().position());
            });
        }
    }

    /** Refuses names that a grouping or DISTINCT has taken out of reach. */
    static void refuseHidden(AstExpression expression, Scope visible, Scope before) {
        refuseHidden(AstWalk.names(expression), visible, before);
    }

    static void refuseHidden(AstSubquery query, Scope visible, Scope before) {
        refuseHidden(AstMentions.names(query).toList(), visible, before);
    }

    private static void refuseHidden(List<Name> names, Scope visible, Scope before) {
        for (Name name : names) {
            if (visible.find(name.name()).isEmpty() && before.find(name.name()).isPresent()) {
                throw CypherErrors.semantic(
                        "In a WITH/RETURN with DISTINCT or an aggregation, it is not possible to access variables"
                                + " declared before the WITH/RETURN: " + PathPart.display(name.name()),
                        name.place().position());
            }
        }
    }
}
