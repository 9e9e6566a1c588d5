package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.PlanTree;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Drops the test that relationships differ where they are of different types and cannot be the same.
 *
 * <pre>
 *   Filter distinctRelationships(r1, r2)
 *     Expand(All) (t)-[r2]->(s)
 *       Expand(All) (a)-[r1]->(t)
 *         ...
 *         RelationshipTypeScan r1:OWNS(Agent,Trace)
 *       RelationshipTypeScan r2:HAS_SPAN(Trace,Span)
 * becomes
 *   Expand(All) (t)-[r2]->(s)
 *     Expand(All) (a)-[r1]->(t)
 *       ...
 * </pre>
 */
public final class DropDistinctCheck implements Rule {
    @Override
    public String summary() {
        return "Drops the test that relationships differ where their types do.";
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (!(plan instanceof Filter filter)) {
            return Optional.empty();
        }
        List<Expression> conjuncts = Conjunction.split(filter.condition());
        if (conjuncts.stream().noneMatch(DistinctRelationships.class::isInstance)) {
            return Optional.empty();
        }
        Map<Variable, Set<String>> types = typesBelow(filter.input());
        List<Expression> left = new ArrayList<>();
        for (Expression conjunct : conjuncts) {
            if (conjunct instanceof DistinctRelationships distinct) {
                List<Variable> mayBeSame = mayBeSame(distinct.relationships(), types);
                if (!mayBeSame.isEmpty()) {
                    left.add(new DistinctRelationships(mayBeSame));
                }
            } else {
                left.add(conjunct);
            }
        }
        if (left.equals(conjuncts)) {
            return Optional.empty();
        }
        return Optional.of(left.isEmpty() ? filter.input() : new Filter(filter.input(), Conjunction.of(left)));
    }

    private static List<Variable> mayBeSame(List<Variable> relationships, Map<Variable, Set<String>> types) {
        return relationships.stream()
                .filter(one -> relationships.stream()
                        .anyMatch(other -> !one.equals(other)
                                && !(types.containsKey(one)
                                        && types.containsKey(other)
                                        && Collections.disjoint(types.get(one), types.get(other)))))
                .toList();
    }

    /** Identifiers of the edge types of relationships, and of lists of relationships by what was walked. */
    private static Map<Variable, Set<String>> typesBelow(LogicalPlan plan) {
        Map<Variable, Set<String>> types = new HashMap<>();
        PlanTree.forEach(plan, node -> {
            if (node instanceof EdgeScan scan) {
                types.put(scan.relationship(), identifiers(scan.candidates()));
            } else if (node instanceof EdgeOnRow edge) {
                types.put(edge.relationship(), identifiers(List.of(edge.candidate())));
            } else if (node instanceof VarExpand expand && expand.edges() instanceof EdgeScan scan) {
                types.put(expand.walk(), identifiers(scan.candidates()));
            }
        });
        return types;
    }

    private static Set<String> identifiers(List<EdgeCandidate> candidates) {
        return candidates.stream()
                .map(candidate -> candidate.type().identifier())
                .collect(Collectors.toSet());
    }
}
