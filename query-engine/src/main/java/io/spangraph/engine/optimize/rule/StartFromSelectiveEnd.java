package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.Key;
import io.spangraph.engine.expr.EntityField.PropertyField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.VertexCandidate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts a pattern from the node whose key is given, so that the rest is looked up from there.
 *
 * <pre>
 *   Expand(All) (t)-[r2]->(s)
 *     Expand(All) (a)-[r1]->(t)
 *       NodeByLabelScan a:Agent
 *       RelationshipTypeScan r1:OWNS(Agent,Trace)
 *       NodeByLabelScan t:Trace
 *     RelationshipTypeScan r2:HAS_SPAN(Trace,Span)
 *     NodeByLabelScan s:Span WHERE s.span_id = 'x'
 * becomes
 *   Expand(All) (t)&lt;-[r1]-(a)
 *     Expand(All) (s)&lt;-[r2]-(t)
 *       NodeByLabelScan s:Span WHERE s.span_id = 'x'
 *       RelationshipTypeScan r2:&lt;HAS_SPAN(Trace,Span)
 *       NodeByLabelScan t:Trace
 *     RelationshipTypeScan r1:&lt;OWNS(Agent,Trace)
 *     NodeByLabelScan a:Agent
 * </pre>
 *
 * A hop is not turned around where one of its ends could have no row before and must have one then, or the other way.
 */
public final class StartFromSelectiveEnd implements Rule {
    @Override
    public String summary() {
        return "Starts a pattern from the node whose key is given.";
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        return hasHop(plan) ? Pattern.of(plan).flatMap(StartFromSelectiveEnd::restarted) : Optional.empty();
    }

    /** A pattern of one node has no other end, and most nodes of a plan are no pattern at all. */
    private static boolean hasHop(LogicalPlan plan) {
        return plan instanceof Expand || (plan instanceof Filter filter && hasHop(filter.input()));
    }

    private static Optional<LogicalPlan> restarted(Pattern pattern) {
        int best = selectivity(pattern.scan(pattern.start()));
        Optional<Pattern> better = Optional.empty();
        for (Variable node : pattern.nodes()) {
            int candidate = selectivity(pattern.scan(node));
            if (candidate > best) {
                Optional<Pattern> restarted = pattern.startingFrom(node);
                if (restarted.isPresent()) {
                    better = restarted;
                    best = candidate;
                }
            }
        }
        return better.map(other -> {
            List<Expression> conditions = other.conditions();
            LogicalPlan plan = other.toPlan();
            return conditions.isEmpty() ? plan : new Filter(plan, Conjunction.of(conditions));
        });
    }

    /** 2 if the whole key is given, 1 if a part of it is, else 0. */
    private static int selectivity(VertexScan scan) {
        Set<EntityField> given = scan.predicates().stream()
                .map(KeyPredicate::of)
                .flatMap(Optional::stream)
                .filter(predicate -> predicate.variable().equals(scan.node()) && predicate.isEquality())
                .map(KeyPredicate::column)
                .collect(Collectors.toSet());
        return scan.candidates().stream()
                .mapToInt(candidate -> selectivity(candidate, given))
                .min()
                .orElse(2);
    }

    private static int selectivity(VertexCandidate candidate, Set<EntityField> given) {
        int parts = candidate.type().id().size();
        int known = 0;
        for (int i = 0; i < parts; i++) {
            Optional<String> property =
                    candidate.type().propertyFor(candidate.type().id().get(i).expression());
            if (given.contains(new Key(i))
                    || property.map(name -> given.contains(new PropertyField(name)))
                            .orElse(false)) {
                known++;
            }
        }
        if (known == parts) {
            return 2;
        }
        return known > 0 ? 1 : 0;
    }
}
