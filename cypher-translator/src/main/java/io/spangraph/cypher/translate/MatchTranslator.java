package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause.Match;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.translate.PlannedPattern.PlannedHop;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.Notification.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates MATCH and OPTIONAL MATCH: patterns below, all conditions of the clause in one filter above them. */
final class MatchTranslator {
    private final Variables variables;
    private final SchemaNames schema;

    MatchTranslator(Variables variables, SchemaNames schema) {
        this.variables = variables;
        this.schema = schema;
    }

    Part translate(Match clause, Part before) {
        if (!clause.optional()) {
            return inner(clause, before);
        }
        Part argument = new Part(new Argument(before.plan().variables()), before.scope());
        Part inner = inner(clause, argument);
        // What the patterns say about names from before holds only where they matched.
        return new Part(
                new Apply(before.plan(), inner.plan(), ApplyKind.OPTIONAL),
                inner.scope().hiddenBy(before.scope()));
    }

    private Part inner(Match clause, Part before) {
        PatternResolver resolver = new PatternResolver(before.scope(), variables, schema);
        List<PlannedPattern> patterns = resolver.resolve(clause.patterns());
        PatternPlanner planner = new PatternPlanner(before, resolver.names(), variables);
        planner.addAll(patterns);
        if (planner.isCartesian()) {
            reportCartesian(clause);
        }
        List<Expression> conditions = new ArrayList<>(resolver.conditions());
        conditions.addAll(planner.conditions());
        conditions.addAll(uniqueness(patterns));
        conditions.addAll(where(clause.where(), resolver));
        return new Part(
                PatternPlanner.filtered(planner.plan(), conditions),
                resolver.names().scope());
    }

    private List<Expression> where(Optional<AstExpression> where, PatternResolver resolver) {
        ExpressionBinder binder = new ExpressionBinder(resolver.names().scope(), schema, variables);
        return where.map(condition -> Conjunction.split(binder.condition(condition)))
                .orElse(List.of());
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
