package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause.Match;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Exists;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.translate.PlannedPattern.PlannedHop;
import io.spangraph.cypher.translate.SplitCondition.Existing;
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
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.Notification.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Translates MATCH and OPTIONAL MATCH: patterns below, all conditions of the clause in one filter above them. */
final class MatchTranslator {
    private final Variables variables;
    private final SchemaNames schema;

    MatchTranslator(Variables variables, SchemaNames schema) {
        this.variables = variables;
        this.schema = schema;
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
        List<PlannedPattern> patterns = resolver.resolve(clause.patterns());
        PatternPlanner planner = new PatternPlanner(before, resolver.names(), variables);
        planner.addAll(patterns);
        if (planner.isCartesian()) {
            reportCartesian(clause);
        }
        List<Expression> conditions = new ArrayList<>(resolver.conditions());
        conditions.addAll(planner.conditions());
        conditions.addAll(uniqueness(patterns));
        SplitCondition where = SplitCondition.of(clause.where());
        conditions.addAll(where(where.plain(), resolver));
        Part matched = new Part(
                withPaths(planner.plan(), resolver.paths(), conditions),
                resolver.names().scope());
        for (Existing existing : where.existing()) {
            matched = existing(existing, matched, uses);
        }
        return matched;
    }

    /** The rows for which patterns match, or do not; what the patterns name stays inside. */
    private Part existing(Existing existing, Part rows, PathUses uses) {
        Exists exists = existing.exists();
        if (!exists.naming()) {
            refuseNewNames(exists, rows);
        }
        Part argument = new Part(new Argument(rows.plan().variables()), rows.scope());
        Match match = new Match(false, exists.patterns(), exists.where(), exists.place());
        return new Part(
                new SemiApply(rows.plan(), inner(match, argument, uses).plan(), existing.negated()), rows.scope());
    }

    private static void refuseNewNames(Exists exists, Part rows) {
        exists.patterns().stream()
                .flatMap(pattern -> pattern.names().stream())
                .filter(name -> rows.scope().find(name.name()).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw CypherErrors.semantic(
                            "PatternExpressions are not allowed to introduce new variables: '" + name.name() + "'",
                            name.place().position());
                });
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

    private List<Expression> where(List<AstExpression> conjuncts, PatternResolver resolver) {
        ExpressionBinder binder = new ExpressionBinder(resolver.names().scope(), schema, variables);
        return conjuncts.stream()
                .flatMap(conjunct -> Conjunction.split(binder.condition(conjunct)).stream())
                .toList();
    }

    /** No relationship occurs twice in one MATCH; only pairs that could be the same one are worth a test. */
    private static List<Expression> uniqueness(List<PlannedPattern> patterns) {
        List<PlannedHop> hops =
                patterns.stream().flatMap(pattern -> pattern.hops().stream()).toList();
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
