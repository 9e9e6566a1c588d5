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
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
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
            Optional<Hop> back = reverse(incoming, node);
            if (back.isEmpty()) {
                return Optional.empty();
            }
            reversed.put(incoming, back.get());
            at = incoming.from();
        }
        if (!hops.isEmpty() && !reversed.containsKey(hops.getFirst()) && trusts(hops.getFirst(), End.NEAR)) {
            return Optional.empty();
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

    /**
     * A hop from the other side. A trusted edge gives the near end of the first hop of a pattern and the far ends of all
     * hops without a row, so that both ends keep what they had only if the hop was the first or is to be it.
     */
    private Optional<Hop> reverse(Hop hop, Variable newStart) {
        boolean keepsNear = hop.equals(hops.getFirst());
        boolean keepsFar = hop.to().equals(newStart);
        List<EdgeCandidate> candidates = new ArrayList<>();
        for (EdgeCandidate candidate : hop.edges().candidates()) {
            boolean nearTrusted = trusts(candidate, End.NEAR);
            boolean farTrusted = trusts(candidate, End.FAR);
            boolean losesTrust = nearTrusted && !keepsNear;
            if (farTrusted && (!keepsFar || losesTrust)) {
                return Optional.empty();
            }
            EdgeCandidate back = reversed(candidate);
            candidates.add(
                    losesTrust
                            ? new EdgeCandidate(
                                    withoutTrust(back.type()), back.reversed(), back.skipLoops(), back.pin())
                            : back);
        }
        EdgeScan edges = reversed(hop.edges()).withCandidates(candidates);
        return Optional.of(new Hop(hop.to(), hop.relationship(), hop.from(), edges));
    }

    /** The same edges walked the other way. */
    static EdgeScan reversed(EdgeScan edges) {
        return edges.withCandidates(
                        edges.candidates().stream().map(Pattern::reversed).toList())
                .withPredicates(exchangeEnds(edges.predicates(), edges.relationship()));
    }

    static EdgeOnRow reversed(EdgeOnRow edge) {
        return new EdgeOnRow(edge.relationship(), reversed(edge.candidate()), edge.owner(), edge.properties());
    }

    static EdgeCandidate reversed(EdgeCandidate edge) {
        return new EdgeCandidate(edge.type(), !edge.reversed(), edge.skipLoops(), edge.pin());
    }

    /** Predicates on the ends of a relationship that is walked the other way. */
    static List<Expression> exchangeEnds(List<Expression> predicates, Variable relationship) {
        return predicates.stream()
                .map(predicate -> ExpressionTree.rewrite(predicate, part -> exchangeEnds(part, relationship)))
                .toList();
    }

    private static boolean trusts(Hop hop, End end) {
        return hop.edges().candidates().stream().anyMatch(candidate -> trusts(candidate, end));
    }

    /** Whether a vertex at this end need not have a row. */
    static boolean trusts(EdgeCandidate candidate, End end) {
        EdgeEnd key = end == End.NEAR ? candidate.near() : candidate.far();
        return candidate.type().trust() && key instanceof EdgeEnd.ByKey;
    }

    private static Expression exchangeEnds(Expression part, Variable relationship) {
        if (part instanceof FieldRef field
                && field.variable().equals(relationship)
                && field.field() instanceof EndKey key) {
            End other = key.end() == End.NEAR ? End.FAR : End.NEAR;
            return new FieldRef(relationship, new EndKey(other, key.index()));
        }
        return part;
    }

    /** The edge type for ends that must have rows. */
    static EdgeType withoutTrust(EdgeType type) {
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
