package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause.Match;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstPattern.Selector;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Substitution;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.translate.PlannedPattern.PlannedHop;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.Notification.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Translates MATCH and OPTIONAL MATCH: patterns below, all conditions of the clause in one filter above them. */
final class MatchTranslator {
    private final Variables variables;
    private final SchemaNames schema;
    private final Subqueries subqueries;

    MatchTranslator(Variables variables, SchemaNames schema, Subqueries subqueries) {
        this.variables = variables;
        this.schema = schema;
        this.subqueries = subqueries;
    }

    Part translate(Match clause, Part before, PathUses uses) {
        if (!clause.optional()) {
            return inner(clause, before, uses);
        }
        Part argument = new Part(new Argument(before.plan().variables()), before.scope());
        Part inner = inner(clause, argument, uses);
        // What the patterns say about names from before holds only where they matched.
        return new Part(
                new Apply(before.plan(), inner.plan(), ApplyKind.OPTIONAL),
                inner.scope().hiddenBy(before.scope()));
    }

    private Part inner(Match clause, Part before, PathUses uses) {
        PatternResolver resolver = new PatternResolver(before.scope(), variables, schema, uses);
        LiftedRows lifted = subqueries.over(() -> matched(before, resolver));
        List<PlannedPattern> patterns = resolver.resolve(clause.patterns(), lifted);
        PatternPlanner planner = new PatternPlanner(before, resolver.names(), variables);
        planner.addAll(patterns);
        boolean connectedByPath = patterns.stream().anyMatch(pattern -> pattern.selector() != Selector.ALL);
        if (planner.isCartesian() && !connectedByPath) {
            reportCartesian(clause);
        }
        List<Expression> conditions = new ArrayList<>(resolver.conditions());
        conditions.addAll(planner.conditions());
        conditions.addAll(uniqueness(patterns));
        SplitCondition where = SplitCondition.of(clause.where());
        conditions.addAll(where(where.plain(), resolver, lifted));
        Part matched = new Part(
                withSubqueries(planner.plan(), resolver.paths(), conditions, lifted),
                resolver.names().scope());
        return subqueries.existing(matched, where.existing());
    }

    /** What a row of the matched patterns binds, known before they are planned. */
    private static List<Variable> matched(Part before, PatternResolver resolver) {
        Set<Variable> bound = new LinkedHashSet<>(before.plan().variables());
        bound.addAll(resolver.names().declared());
        return List.copyOf(bound);
    }

    /** Conditions on the values of queries wait until all others have left few rows to ask them for. */
    private static LogicalPlan withSubqueries(
            LogicalPlan pattern, List<PlannedPath> paths, List<Expression> conditions, LiftedRows lifted) {
        Map<Boolean, List<Expression>> onResults = conditions.stream()
                .collect(Collectors.partitioningBy(
                        condition -> !Collections.disjoint(ExpressionTree.variables(condition), lifted.results())));
        LogicalPlan matched = withPaths(pattern, paths, onResults.getOrDefault(false, List.of()));
        return PatternPlanner.filtered(lifted.over(matched), onResults.getOrDefault(true, List.of()));
    }

    /** Paths are made of rows that satisfy all conditions but those on paths. */
    private static LogicalPlan withPaths(LogicalPlan pattern, List<PlannedPath> paths, List<Expression> conditions) {
        List<Item> parts = paths.stream().flatMap(path -> path.items().stream()).toList();
        Set<Variable> ofPaths = parts.stream().map(Item::variable).collect(Collectors.toSet());
        Map<Boolean, List<Expression>> onPaths = conditions.stream()
                .collect(Collectors.partitioningBy(
                        condition -> !Collections.disjoint(ExpressionTree.variables(condition), ofPaths)));
        LogicalPlan matched = PatternPlanner.filtered(pattern, onPaths.getOrDefault(false, List.of()));
        if (parts.isEmpty()) {
            return matched;
        }
        List<Item> items = new ArrayList<>();
        matched.variables().forEach(variable -> items.add(new Item(new VariableRef(variable), variable)));
        items.addAll(parts);
        return PatternPlanner.filtered(new Project(matched, items), onPaths.getOrDefault(true, List.of()));
    }

    private List<Expression> where(List<AstExpression> conjuncts, PatternResolver resolver, LiftedRows lifted) {
        ExpressionBinder binder =
                new ExpressionBinder(resolver.names().scope(), schema, variables, Substitution.none(), lifted);
        return conjuncts.stream()
                .flatMap(conjunct -> Conjunction.split(binder.condition(conjunct)).stream())
                .toList();
    }

    /**
     * No relationship occurs twice in one MATCH; only pairs that could be the same one are worth a test. A shortest path
     * is what it is, whatever the other patterns walk.
     */
    private static List<Expression> uniqueness(List<PlannedPattern> patterns) {
        List<PlannedHop> hops = patterns.stream()
                .filter(pattern -> pattern.selector() == Selector.ALL)
                .flatMap(pattern -> pattern.hops().stream())
                .toList();
        List<Expression> tests = new ArrayList<>();
        for (int i = 0; i < hops.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (hops.get(i).mayMeet(hops.get(j))) {
                    tests.add(new DistinctRelationships(
                            List.of(hops.get(j).binding(), hops.get(i).binding())));
                }
            }
        }
        return tests;
    }

    private void reportCartesian(Match clause) {
        schema.report(new Notification(
                "Neo.ClientNotification.Statement.CartesianProduct",
                Severity.INFORMATION,
                "This query builds a cartesian product between disconnected patterns.",
                "The patterns of this MATCH share no variable, so that each match of one is combined with each match"
                        + " of the other. If this is not meant, connect them by a relationship.",
                Optional.of(clause.place().position())));
    }
}
