package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.PlanTree;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.MappingExpression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Copies predicates along the equalities that relationships imply, so that a key given at one end prunes the scans of
 * the relationship and of the other end: keys, scopes and tenants.
 *
 * <pre>
 *   Expand(All) (t)-[r]->(s)
 *     NodeByLabelScan t:Trace WHERE t.trace_id = 'x'
 *     RelationshipTypeScan r:HAS_SPAN(Trace,Span)
 *     NodeByLabelScan s:Span
 * becomes
 *   Expand(All) (t)-[r]->(s)
 *     NodeByLabelScan t:Trace WHERE t.trace_id = 'x'
 *     RelationshipTypeScan r:HAS_SPAN(Trace,Span) WHERE r.#near0 = 'x'
 *     NodeByLabelScan s:Span WHERE s.trace_id = 'x'
 * </pre>
 *
 * What holds for the outer rows of a subquery is carried into it, and never back. With several relationship types only
 * what all of them imply is carried. A vertex that exists by trust has nothing but its key and its owner, so that
 * nothing else is asked of it. Along a walk of variable length only what every step keeps is carried.
 */
public final class CarryKeyPredicates implements Rule {
    @Override
    public String summary() {
        return "Copies predicates on keys, scopes and tenants along the relationships that imply them.";
    }

    @Override
    public Order order() {
        return Order.WHOLE_PLAN;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        LogicalPlan carried = carry(plan, List.of(), context.schema());
        return carried == plan ? Optional.empty() : Optional.of(carried);
    }

    /** @param outer what holds for the variables of an Argument */
    private LogicalPlan carry(LogicalPlan plan, List<KeyPredicate> outer, GraphSchema schema) {
        if (plan instanceof Apply || plan instanceof SemiApply || plan instanceof RollUpApply) {
            LogicalPlan outerSide = carry(plan.inputs().get(0), outer, schema);
            LogicalPlan innerSide = carry(plan.inputs().get(1), KnownPredicates.of(outerSide, outer), schema);
            boolean same = outerSide == plan.inputs().get(0)
                    && innerSide == plan.inputs().get(1);
            return same ? plan : plan.withInputs(List.of(outerSide, innerSide));
        }
        LogicalPlan over = PlanTree.mapInputs(plan, input -> carry(input, outer, schema));
        if (over instanceof Expand expand) {
            return alongEdge(expand, outer, schema);
        }
        if (over instanceof ShortestPath path) {
            return alongShortestPath(path, outer, schema);
        }
        return over instanceof VarExpand expand ? alongWalk(expand, outer, schema) : over;
    }

    private static LogicalPlan alongEdge(Expand expand, List<KeyPredicate> outer, GraphSchema schema) {
        if (!(expand.edges() instanceof EdgeScan edges)
                || !(expand.target() instanceof VertexScan target)
                || edges.candidates().isEmpty()) {
            return expand;
        }
        List<EdgeLinks> links = edges.candidates().stream()
                .map(candidate -> EdgeLinks.of(candidate, schema))
                .toList();
        Terms near = Terms.of(expand.from(), links, EdgeLinks::near);
        Terms edge = Terms.of(expand.relationship(), links, EdgeLinks::edge);
        Terms far = Terms.of(expand.to(), links, EdgeLinks::far);
        List<KeyPredicate> atFrom = KnownPredicates.of(expand.input(), outer);
        List<KeyPredicate> atEdge = KnownPredicates.of(edges, List.of());
        List<KeyPredicate> atTo = KnownPredicates.of(target, List.of());

        Set<Expression> forFrom = new LinkedHashSet<>(near.carried(atEdge, edge));
        forFrom.addAll(near.carried(atTo, far));
        Set<Expression> forEdge = new LinkedHashSet<>(edge.carried(atFrom, near));
        forEdge.addAll(edge.carried(atTo, far));
        Set<Expression> forTo = new LinkedHashSet<>(far.carried(atFrom, near));
        forTo.addAll(far.carried(atEdge, edge));

        LogicalPlan input = ScanOfNode.replace(expand.input(), expand.from(), scan -> with(scan, forFrom));
        VertexScan newTarget = with(target, forTo);
        EdgeScan newEdges = with(edges, forEdge);
        boolean same = input == expand.input() && newTarget == target && newEdges == edges;
        return same ? expand : expand.withInputs(List.of(input, newEdges, newTarget));
    }

    private static LogicalPlan alongWalk(VarExpand expand, List<KeyPredicate> outer, GraphSchema schema) {
        if (!(expand.edges() instanceof EdgeScan edges)
                || !(expand.steps() instanceof VertexScan steps)
                || !(expand.target() instanceof VertexScan target)
                || edges.candidates().isEmpty()) {
            return expand;
        }
        List<EdgeLinks> links = keptByWalks(edges, schema);
        Terms start = Terms.of(expand.from(), links, EdgeLinks::near);
        Terms edge = Terms.of(expand.relationship(), links, EdgeLinks::edge);
        Terms step = Terms.of(expand.step(), links, EdgeLinks::near);
        Terms end = Terms.of(expand.to(), links, EdgeLinks::far);
        List<KeyPredicate> atFrom = KnownPredicates.of(expand.input(), outer);
        List<KeyPredicate> atTo = KnownPredicates.of(target, List.of());

        Set<Expression> forEdge = new LinkedHashSet<>(edge.carried(atFrom, start));
        forEdge.addAll(edge.carried(atTo, end));
        Set<Expression> forStep = new LinkedHashSet<>(step.carried(atFrom, start));
        forStep.addAll(step.carried(atTo, end));

        LogicalPlan input =
                ScanOfNode.replace(expand.input(), expand.from(), scan -> with(scan, start.carried(atTo, end)));
        EdgeScan newEdges = with(edges, forEdge);
        VertexScan newSteps = with(steps, forStep);
        VertexScan newTarget = with(target, end.carried(atFrom, start));
        boolean same = input == expand.input() && newEdges == edges && newSteps == steps && newTarget == target;
        return same ? expand : expand.withInputs(List.of(input, newEdges, newSteps, newTarget));
    }

    /** Both ends are bound by the input, and what it says of either holds all the way, to the other. */
    private static LogicalPlan alongShortestPath(ShortestPath path, List<KeyPredicate> outer, GraphSchema schema) {
        if (!(path.edges() instanceof EdgeScan edges)
                || !(path.steps() instanceof VertexScan steps)
                || edges.candidates().isEmpty()) {
            return path;
        }
        List<EdgeLinks> links = keptByWalks(edges, schema);
        Terms start = Terms.of(path.from(), links, EdgeLinks::near);
        Terms edge = Terms.of(path.relationship(), links, EdgeLinks::edge);
        Terms step = Terms.of(path.step(), links, EdgeLinks::near);
        Terms end = Terms.of(path.to(), links, EdgeLinks::far);
        List<KeyPredicate> atEnds = KnownPredicates.of(path.input(), outer);

        Set<Expression> forEdge = new LinkedHashSet<>(edge.carried(atEnds, start));
        forEdge.addAll(edge.carried(atEnds, end));
        Set<Expression> forStep = new LinkedHashSet<>(step.carried(atEnds, start));
        forStep.addAll(step.carried(atEnds, end));
        Set<Expression> forFrom = start.carried(atEnds, end);
        Set<Expression> forTo = end.carried(atEnds, start);
        LogicalPlan from = ScanOfNode.replace(path.input(), path.from(), scan -> with(scan, forFrom));
        LogicalPlan input = ScanOfNode.replace(from, path.to(), scan -> with(scan, forTo));
        EdgeScan newEdges = with(edges, forEdge);
        VertexScan newSteps = with(steps, forStep);
        boolean same = input == path.input() && newEdges == edges && newSteps == steps;
        return same ? path : path.withInputs(List.of(input, newEdges, newSteps));
    }

    private static List<EdgeLinks> keptByWalks(EdgeScan edges, GraphSchema schema) {
        return edges.candidates().stream()
                .map(candidate -> EdgeLinks.of(candidate, schema).keptByWalk())
                .toList();
    }

    private static VertexScan with(VertexScan scan, Set<Expression> predicates) {
        List<Expression> all = new ArrayList<>(scan.predicates());
        predicates.stream().filter(predicate -> !all.contains(predicate)).forEach(all::add);
        return all.size() == scan.predicates().size() ? scan : scan.withPredicates(all);
    }

    private static EdgeScan with(EdgeScan scan, Set<Expression> predicates) {
        List<Expression> all = new ArrayList<>(scan.predicates());
        predicates.stream().filter(predicate -> !all.contains(predicate)).forEach(all::add);
        return all.size() == scan.predicates().size() ? scan : scan.withPredicates(all);
    }

    /** Columns of one variable, and what each equals on the rows of each relationship type. */
    private record Terms(Variable variable, List<Map<EntityField, MappingExpression>> links) {
        static Terms of(
                Variable variable,
                List<EdgeLinks> links,
                Function<EdgeLinks, Map<EntityField, MappingExpression>> side) {
            return new Terms(variable, links.stream().map(side).toList());
        }

        /** What these known predicates on the other variable say of this one. */
        Set<Expression> carried(List<KeyPredicate> known, Terms other) {
            Set<Expression> carried = new LinkedHashSet<>();
            for (KeyPredicate predicate : known) {
                if (predicate.variable().equals(other.variable)) {
                    equalTo(predicate.column(), other)
                            .map(column -> predicate.on(variable, column))
                            .ifPresent(carried::add);
                }
            }
            return carried;
        }

        /** A column that equals the other variable's column whatever the type; the one of its name if there is one. */
        private Optional<EntityField> equalTo(EntityField column, Terms other) {
            return Stream.concat(Stream.of(column), links.get(0).keySet().stream())
                    .filter(own -> isEqual(own, column, other))
                    .findFirst();
        }

        private boolean isEqual(EntityField own, EntityField column, Terms other) {
            for (int i = 0; i < links.size(); i++) {
                MappingExpression value = links.get(i).get(own);
                if (value == null || !value.equals(other.links.get(i).get(column))) {
                    return false;
                }
            }
            return true;
        }
    }
}
