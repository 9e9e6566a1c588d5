package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.optimize.PlanTree;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.VertexCandidate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Drops types that cannot match: those that lack a property which a predicate needs, and those that no relationship of
 * the pattern connects.
 *
 * <pre>
 *   Expand(All) (t)-[r]->(s)
 *     NodeByLabelScan t:Agent|Span|Trace WHERE t.trace_id = 'x'
 *     RelationshipTypeScan r:HAS_SPAN(Trace,Span)|OWNS(Agent,Trace)
 *     NodeByLabelScan s:Span
 * becomes
 *   Expand(All) (t)-[r]->(s)
 *     NodeByLabelScan t:Trace WHERE t.trace_id = 'x'
 *     RelationshipTypeScan r:HAS_SPAN(Trace,Span)
 *     NodeByLabelScan s:Span
 * </pre>
 *
 * A property that a type lacks is null for it; only a predicate that null cannot satisfy drops the type. A node of an
 * OPTIONAL part narrows nothing outside of it.
 */
public final class NarrowTypes implements Rule {
    @Override
    public String summary() {
        return "Drops vertex and edge types that the pattern or a predicate rules out.";
    }

    @Override
    public Order order() {
        return Order.WHOLE_PLAN;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        LogicalPlan narrowed = narrow(plan, NodeTypes.none());
        return narrowed == plan ? Optional.empty() : Optional.of(narrowed);
    }

    private static LogicalPlan narrow(LogicalPlan plan, NodeTypes outer) {
        if (plan instanceof Apply || plan instanceof SemiApply || plan instanceof RollUpApply) {
            LogicalPlan outerSide = narrow(plan.inputs().get(0), outer);
            LogicalPlan innerSide = narrow(plan.inputs().get(1), NodeTypes.of(outerSide, outer));
            boolean same = outerSide == plan.inputs().get(0)
                    && innerSide == plan.inputs().get(1);
            return same ? plan : plan.withInputs(List.of(outerSide, innerSide));
        }
        LogicalPlan over = PlanTree.mapInputs(plan, input -> narrow(input, outer));
        if (over instanceof VertexScan scan) {
            return byPredicates(scan);
        }
        if (over instanceof EdgeScan scan) {
            return byPredicates(scan);
        }
        if (over instanceof Expand expand) {
            return byEnds(expand, outer);
        }
        return over instanceof VarExpand expand ? byWalk(expand, outer) : over;
    }

    private static LogicalPlan byPredicates(VertexScan scan) {
        if (scan.predicates().isEmpty()) {
            return scan;
        }
        List<PossibleTruth> truths = scan.candidates().stream()
                .map(candidate -> new PossibleTruth(
                        scan.node(),
                        candidate.type().name(),
                        candidate.type().labels(),
                        candidate.type().properties().keySet()))
                .toList();
        Set<String> possible = possible(truths, scan.predicates());
        List<VertexCandidate> kept = scan.candidates().stream()
                .filter(candidate -> possible.contains(candidate.type().name()))
                .toList();
        List<Expression> asking = asking(truths, possible, scan.predicates());
        boolean same = kept.size() == scan.candidates().size()
                && asking.size() == scan.predicates().size();
        return same ? scan : scan.withCandidates(kept).withPredicates(asking);
    }

    private static LogicalPlan byPredicates(EdgeScan scan) {
        if (scan.predicates().isEmpty()) {
            return scan;
        }
        List<PossibleTruth> truths = scan.candidates().stream()
                .map(candidate -> new PossibleTruth(
                        scan.relationship(),
                        candidate.type().identifier(),
                        Set.of(),
                        candidate.type().properties().keySet()))
                .toList();
        Set<String> possible = possible(truths, scan.predicates());
        List<EdgeCandidate> kept = scan.candidates().stream()
                .filter(candidate -> possible.contains(candidate.type().identifier()))
                .toList();
        return kept.size() == scan.candidates().size() ? scan : scan.withCandidates(kept);
    }

    private static Set<String> possible(List<PossibleTruth> truths, List<Expression> predicates) {
        return truths.stream()
                .filter(truth -> predicates.stream().allMatch(truth::canBeTrue))
                .map(PossibleTruth::typeName)
                .collect(Collectors.toSet());
    }

    /** Without the predicates that every type left satisfies, such as a test for the one label that is left. */
    private static List<Expression> asking(
            List<PossibleTruth> truths, Set<String> possible, List<Expression> predicates) {
        List<PossibleTruth> left = truths.stream()
                .filter(truth -> possible.contains(truth.typeName()))
                .toList();
        return predicates.stream()
                .filter(predicate -> left.isEmpty() || !left.stream().allMatch(truth -> truth.isAlwaysTrue(predicate)))
                .toList();
    }

    private static LogicalPlan byEnds(Expand expand, NodeTypes outer) {
        if (!(expand.edges() instanceof EdgeScan edges) || !(expand.target() instanceof VertexScan target)) {
            return expand;
        }
        Set<String> targetTypes = NodeTypes.of(target, outer).of(expand.to()).orElseThrow();
        Optional<Set<String>> fromTypes = NodeTypes.of(expand.input(), outer).of(expand.from());
        List<EdgeCandidate> connecting = edges.candidates().stream()
                .filter(edge -> targetTypes.contains(edge.far().vertexType())
                        && fromTypes
                                .map(types -> types.contains(edge.near().vertexType()))
                                .orElse(true))
                .toList();
        LogicalPlan input = ScanOfNode.replace(
                expand.input(),
                expand.from(),
                scan -> keep(
                        scan,
                        connecting.stream()
                                .map(edge -> edge.near().vertexType())
                                .collect(Collectors.toSet())));
        VertexScan narrowTarget = keep(
                target, connecting.stream().map(edge -> edge.far().vertexType()).collect(Collectors.toSet()));
        boolean same = input == expand.input()
                && narrowTarget == target
                && connecting.size() == edges.candidates().size();
        return same ? expand : expand.withInputs(List.of(input, edges.withCandidates(connecting), narrowTarget));
    }

    private static LogicalPlan byWalk(VarExpand expand, NodeTypes outer) {
        Optional<Set<String>> start = NodeTypes.of(expand.input(), outer).of(expand.from());
        if (start.isEmpty()
                || !(expand.edges() instanceof EdgeScan edges)
                || !(expand.steps() instanceof VertexScan steps)
                || !(expand.target() instanceof VertexScan target)) {
            return expand;
        }
        Set<String> reached = reached(start.get(), edges.candidates());
        Set<String> passed = new HashSet<>(reached);
        passed.addAll(start.get());
        List<EdgeCandidate> walked = edges.candidates().stream()
                .filter(edge -> passed.contains(edge.near().vertexType()))
                .toList();
        VertexScan narrowSteps = keep(steps, reached);
        VertexScan narrowTarget = keep(target, expand.min() == 0 ? passed : reached);
        boolean same = narrowSteps == steps
                && narrowTarget == target
                && walked.size() == edges.candidates().size();
        return same
                ? expand
                : expand.withInputs(List.of(expand.input(), edges.withCandidates(walked), narrowSteps, narrowTarget));
    }

    /** Types to which one or more of the edges lead from these types. */
    private static Set<String> reached(Set<String> start, List<EdgeCandidate> edges) {
        Set<String> reached = new HashSet<>();
        boolean grew = true;
        while (grew) {
            grew = false;
            for (EdgeCandidate edge : edges) {
                String near = edge.near().vertexType();
                if (start.contains(near) || reached.contains(near)) {
                    grew |= reached.add(edge.far().vertexType());
                }
            }
        }
        return reached;
    }

    private static VertexScan keep(VertexScan scan, Set<String> types) {
        List<VertexCandidate> kept = scan.candidates().stream()
                .filter(candidate -> types.contains(candidate.type().name()))
                .toList();
        return kept.size() == scan.candidates().size() ? scan : scan.withCandidates(kept);
    }
}
