package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.expr.EntityField.EndKey;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tree of hops between scanned nodes, freed from the order in which a plan expands it.
 *
 * @param scans the scan of each node
 * @param hops each from a node that is bound before it
 * @param conditions what filters between the hops ask for
 */
record Pattern(Variable start, Map<Variable, VertexScan> scans, List<Hop> hops, List<Expression> conditions) {

    /** One expansion. */
    record Hop(Variable from, Variable relationship, Variable to, EdgeScan edges) {}

    /** The pattern that a plan expands, if it is nothing else. */
    static Optional<Pattern> of(LogicalPlan plan) {
        if (plan instanceof VertexScan scan && scan.edgesOnRow().isEmpty()) {
            Map<Variable, VertexScan> scans = new HashMap<>(Map.of(scan.node(), scan));
            return Optional.of(new Pattern(scan.node(), scans, new ArrayList<>(), new ArrayList<>()));
        }
        if (plan instanceof Filter filter && Movable.isMovable(filter.condition())) {
            Optional<Pattern> below = of(filter.input());
            below.ifPresent(pattern -> pattern.conditions.addAll(Conjunction.split(filter.condition())));
            return below;
        }
        if (plan instanceof Expand expand
                && expand.edges() instanceof EdgeScan edges
                && expand.target() instanceof VertexScan target
                && target.edgesOnRow().isEmpty()) {
            Optional<Pattern> below = of(expand.input()).filter(pattern -> pattern.scans.containsKey(expand.from()));
            below.ifPresent(pattern -> {
                pattern.scans.put(expand.to(), target);
                pattern.hops.add(new Hop(expand.from(), expand.relationship(), expand.to(), edges));
            });
            return below;
        }
        return Optional.empty();
    }

    List<Variable> nodes() {
        List<Variable> nodes = new ArrayList<>(List.of(start));
        hops.forEach(hop -> nodes.add(hop.to()));
        return nodes;
    }

    VertexScan scan(Variable node) {
        return Optional.ofNullable(scans.get(node)).orElseThrow();
    }

    /** The same pattern from another node, or empty where a hop on the way cannot be turned around. */
    Optional<Pattern> startingFrom(Variable node) {
        Map<Hop, Hop> reversed = new HashMap<>();
        for (Variable at = node; !at.equals(start); ) {
            Hop incoming = hopTo(at);
            Optional<Hop> back = reverse(incoming);
            if (back.isEmpty()) {
                return Optional.empty();
            }
            reversed.put(incoming, back.get());
            at = incoming.from();
        }
        List<Hop> waiting = new ArrayList<>();
        hops.forEach(hop -> waiting.add(reversed.getOrDefault(hop, hop)));
        List<Hop> ordered = new ArrayList<>();
        Set<Variable> bound = new HashSet<>(Set.of(node));
        while (!waiting.isEmpty()) {
            Hop next = waiting.stream()
                    .filter(hop -> bound.contains(hop.from()))
                    .findFirst()
                    .orElseThrow();
            waiting.remove(next);
            ordered.add(next);
            bound.add(next.to());
        }
        return Optional.of(new Pattern(node, scans, ordered, conditions));
    }

    /** The hops as expansions, without the conditions. */
    LogicalPlan toPlan() {
        LogicalPlan plan = scan(start);
        for (Hop hop : hops) {
            plan = new Expand(plan, hop.from(), hop.relationship(), hop.to(), hop.edges(), scan(hop.to()));
        }
        return plan;
    }

    private Hop hopTo(Variable node) {
        return hops.stream().filter(hop -> hop.to().equals(node)).findFirst().orElseThrow();
    }

    private static Optional<Hop> reverse(Hop hop) {
        List<EdgeCandidate> candidates = new ArrayList<>();
        for (EdgeCandidate candidate : hop.edges().candidates()) {
            if (candidate.type().trust() && candidate.far() instanceof EdgeEnd.ByKey) {
                return Optional.empty();
            }
            candidates.add(new EdgeCandidate(
                    withoutTrust(candidate.type()), !candidate.reversed(), candidate.skipLoops(), candidate.pin()));
        }
        List<Expression> predicates = hop.edges().predicates().stream()
                .map(predicate -> ExpressionTree.rewrite(predicate, Pattern::exchangeEnds))
                .toList();
        return Optional.of(new Hop(
                hop.to(),
                hop.relationship(),
                hop.from(),
                hop.edges().withCandidates(candidates).withPredicates(predicates)));
    }

    private static Expression exchangeEnds(Expression part) {
        if (part instanceof FieldRef field && field.field() instanceof EndKey key) {
            End other = key.end() == End.NEAR ? End.FAR : End.NEAR;
            return new FieldRef(field.variable(), new EndKey(other, key.index()));
        }
        return part;
    }

    /** The near end had a row, so the far end of the hop turned around has to have one. */
    private static EdgeType withoutTrust(EdgeType type) {
        return new EdgeType(
                type.name(),
                type.source(),
                type.from(),
                type.to(),
                type.id(),
                type.tenant(),
                type.scope(),
                type.scopeKey(),
                false,
                type.properties(),
                type.position());
    }
}
