package io.spangraph.engine.testkit;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.RelationshipScan;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;

/** Random patterns as a translator expands them: hops in every direction, walks, closed circles, conditions on top. */
final class RandomPatterns {
    private final Random random;
    private final RandomPredicates predicates;
    private final BiFunction<String, Kind, Variable> newVariable;
    /** Nodes that stand for a group of rows, which patterns must not start from. */
    private final Set<Variable> frozen = new HashSet<>();

    private final Set<Variable> walks = new HashSet<>();

    RandomPatterns(Random random, RandomPredicates predicates, BiFunction<String, Kind, Variable> newVariable) {
        this.random = random;
        this.predicates = predicates;
        this.newVariable = newVariable;
    }

    boolean isWalk(Variable variable) {
        return walks.contains(variable);
    }

    void freeze(List<Variable> variables) {
        frozen.addAll(variables);
    }

    /** Whether it came out of an aggregation or DISTINCT. */
    boolean isFrozen(Variable variable) {
        return frozen.contains(variable);
    }

    void rename(Variable before, Variable after) {
        if (frozen.contains(before)) {
            frozen.add(after);
        }
        if (walks.contains(before)) {
            walks.add(after);
        }
    }

    /** MATCH, with a second pattern beside the first now and then. */
    LogicalPlan match(LogicalPlan before) {
        List<Variable> relationships = new ArrayList<>();
        Optional<EdgeType> parents = predicates.parents();
        if (before instanceof SingleRow && parents.isPresent()) {
            LogicalPlan walk = walkInsideScope(parents.get(), relationships);
            return chance(90) ? walk : where(walk, relationships, 60);
        }
        LogicalPlan plan =
                before instanceof SingleRow ? firstPattern(before, relationships) : pattern(before, relationships);
        if (chance(12)) {
            plan = pattern(plan, relationships);
        }
        return where(plan, relationships, 60);
    }

    private LogicalPlan firstPattern(LogicalPlan before, List<Variable> relationships) {
        if (chance(30)) {
            return foreignKeyHop(before, relationships);
        }
        if (chance(18)) {
            return meeting(before, relationships);
        }
        return chance(30) ? hopInsideScope(before, relationships) : pattern(before, relationships);
    }

    /** Any node beside two neighbours, of one of which it must or must not be a neighbour as well. */
    private LogicalPlan meeting(LogicalPlan before, List<Variable> relationships) {
        Optional<EdgeType> type = predicates.toKey();
        if (type.isEmpty()) {
            return pattern(before, relationships);
        }
        Variable from = newVariable.apply("n", Kind.NODE);
        Direction direction = type.get().to() instanceof EdgeEnd.ByKey ? Direction.OUTGOING : Direction.INCOMING;
        Expand there = hop(new NodeScan(from, new LabelExpression.Any()), from, type.get(), direction);
        relationships.add(there.relationship());
        Variable any = newVariable.apply("n", Kind.NODE);
        LogicalPlan pairs = new Join(there, new NodeScan(any, new LabelExpression.Any()), List.of());
        Expand again = hop(new Argument(pairs.variables()), any, type.get(), direction);
        return new SemiApply(pairs, new Filter(again, new SameRow(there.to(), again.to())), chance(40));
    }

    LogicalPlan optionalMatch(LogicalPlan before) {
        return new Apply(before, inner(before, 40), chance(85) ? ApplyKind.OPTIONAL : ApplyKind.INNER);
    }

    /** EXISTS, or its opposite. */
    LogicalPlan exists(LogicalPlan before) {
        return new SemiApply(before, inner(before, 30), chance(40));
    }

    /** A pattern that asks nothing of the outer rows, with or without their argument. */
    LogicalPlan independent(LogicalPlan before) {
        Variable node = newVariable.apply("n", Kind.NODE);
        LogicalPlan plan = new NodeScan(node, labels());
        List<Variable> relationships = new ArrayList<>();
        if (chance(60)) {
            plan = hop(plan, node, relationships);
        }
        LogicalPlan filtered = where(plan, relationships, 30);
        return chance(40) ? new Join(new Argument(before.variables()), filtered, List.of()) : filtered;
    }

    ShortestPath shortestPath(LogicalPlan before, Variable from, Variable to, boolean all) {
        Variable relationship = newVariable.apply("r", Kind.RELATIONSHIP);
        Variable step = newVariable.apply("m", Kind.NODE);
        Variable walk = newVariable.apply("w", Kind.VALUE);
        Variable between = newVariable.apply("b", Kind.VALUE);
        noteList(walk);
        noteList(between);
        return new ShortestPath(
                before,
                from,
                to,
                relationship,
                walk,
                between,
                step,
                chance(30) ? 0 : 1,
                OptionalInt.of(1 + random.nextInt(3)),
                all,
                conditioned(
                        chance(60)
                                ? new RelationshipScan(relationship, Set.of(), Direction.BOTH)
                                : edges(relationship)),
                new NodeScan(step, new LabelExpression.Any()));
    }

    /** A variable that holds a list, of which conditions ask nothing. */
    void noteList(Variable list) {
        walks.add(list);
    }

    LogicalPlan inner(LogicalPlan before, int conditionPercent) {
        List<Variable> relationships = new ArrayList<>();
        LogicalPlan argument = new Argument(before.variables());
        LogicalPlan plan = pattern(argument, relationships);
        if (plan == argument) {
            plan = hop(argument, oneOf(startable(argument)), relationships);
        }
        return where(plan, relationships, conditionPercent);
    }

    private LogicalPlan pattern(LogicalPlan before, List<Variable> relationships) {
        List<Variable> bound = startable(before);
        boolean fromBound = !bound.isEmpty() && chance(80);
        Variable start = fromBound ? oneOf(bound) : newVariable.apply("n", Kind.NODE);
        LogicalPlan plan = fromBound ? before : new NodeScan(start, labels());
        int hops = fromBound ? 1 + random.nextInt(2) : random.nextInt(4);
        Variable at = start;
        for (int i = 0; i < hops; i++) {
            plan = hop(plan, at, relationships);
            List<Variable> nodes = startable(plan);
            at = chance(75) ? nodes.getLast() : oneOf(nodes);
        }
        if (fromBound || before instanceof SingleRow) {
            return plan;
        }
        return new Join(before, plan, List.of());
    }

    /** From or to a node of which little more is asked than the key that stands on the other node's row. */
    private LogicalPlan foreignKeyHop(LogicalPlan before, List<Variable> relationships) {
        Optional<EdgeType> type = predicates.foreignKey();
        if (type.isEmpty()) {
            return pattern(before, relationships);
        }
        boolean fromKey = type.get().from() instanceof EdgeEnd.ByKey;
        Variable keyed = newVariable.apply("n", Kind.NODE);
        while (!RandomPredicates.isKeyOnly(keyed)) {
            keyed = newVariable.apply("n", Kind.NODE);
        }
        Variable other = newVariable.apply("n", Kind.NODE);
        Variable relationship = newVariable.apply("r", Kind.RELATIONSHIP);
        relationships.add(relationship);
        boolean startsAtKey = chance(50);
        LogicalPlan hop = new Expand(
                new NodeScan(startsAtKey ? keyed : other, new LabelExpression.Any()),
                startsAtKey ? keyed : other,
                relationship,
                startsAtKey ? other : keyed,
                new RelationshipScan(
                        relationship,
                        Set.of(type.get().name()),
                        startsAtKey == fromKey ? Direction.OUTGOING : Direction.INCOMING),
                new NodeScan(startsAtKey ? other : keyed, labels()));
        return chance(40) ? hop(hop, chance(80) ? other : keyed, relationships) : hop;
    }

    /** Between rows of one table that are in one scope, where a further such row must or must not exist. */
    private LogicalPlan hopInsideScope(LogicalPlan before, List<Variable> relationships) {
        Optional<EdgeType> type = predicates.insideScope();
        if (type.isEmpty()) {
            return pattern(before, relationships);
        }
        Variable from = newVariable.apply("n", Kind.NODE);
        LogicalPlan plan = hop(new NodeScan(from, new LabelExpression.Any()), from, type.get());
        plan.variables().stream()
                .filter(variable -> variable.kind() == Kind.RELATIONSHIP)
                .forEach(relationships::add);
        Variable end = chance(50) ? from : plan.variables().getLast();
        return chance(80)
                ? new SemiApply(plan, hop(new Argument(plan.variables()), end, type.get()), chance(60))
                : plan;
    }

    /** Rows of one table with others of their scope, also with none. */
    LogicalPlan neighboursInsideScope(LogicalPlan before) {
        Optional<EdgeType> type = predicates.onlyNamedInsideScope();
        if (type.isEmpty()) {
            return match(before);
        }
        Variable from = newVariable.apply("n", Kind.NODE);
        LogicalPlan start =
                new NodeScan(from, predicates.ownLabel(type.get().from().vertexType()));
        if (chance(35)) {
            return hop(start, from, type.get());
        }
        LogicalPlan outer = chance(30) ? hop(start, from, type.get()) : start;
        LogicalPlan inner = hop(new Argument(outer.variables()), from, type.get());
        if (chance(40)) {
            inner = new Filter(
                    inner, predicates.condition(List.of(inner.variables().getLast())));
        }
        return new Apply(outer, inner, ApplyKind.OPTIONAL);
    }

    /** From children to parents or back, where a further such walk must or must not exist. */
    private LogicalPlan walkInsideScope(EdgeType type, List<Variable> relationships) {
        Variable from = newVariable.apply("n", Kind.NODE);
        VarExpand plan = walk(new NodeScan(from, predicates.ownLabel(type.from().vertexType())), from, type);
        relationships.add(plan.walk());
        return chance(30) ? new SemiApply(plan, walk(new Argument(plan.variables()), from, type), chance(50)) : plan;
    }

    private VarExpand walk(LogicalPlan plan, Variable from, EdgeType type) {
        Variable relationship = newVariable.apply("r", Kind.RELATIONSHIP);
        Direction direction = chance(50) ? Direction.OUTGOING : Direction.INCOMING;
        LogicalPlan edges = conditioned(new RelationshipScan(relationship, Set.of(type.name()), direction));
        NodeScan target = new NodeScan(
                newVariable.apply("n", Kind.NODE),
                predicates.ownLabel(type.from().vertexType()));
        return walk(plan, from, relationship, edges, target, true);
    }

    private VarExpand walk(
            LogicalPlan plan,
            Variable from,
            Variable relationship,
            LogicalPlan edges,
            NodeScan target,
            boolean anyLength) {
        Variable walk = newVariable.apply("w", Kind.VALUE);
        Optional<Variable> between =
                chance(anyLength ? 8 : 30) ? Optional.of(newVariable.apply("b", Kind.VALUE)) : Optional.empty();
        Variable step = newVariable.apply("m", Kind.NODE);
        int min = random.nextInt(3);
        OptionalInt max =
                anyLength && chance(50) ? OptionalInt.empty() : OptionalInt.of(Math.max(1, min + random.nextInt(2)));
        walks.add(walk);
        between.ifPresent(walks::add);
        return new VarExpand(
                plan,
                from,
                relationship,
                walk,
                between,
                step,
                target.node(),
                min,
                max,
                edges,
                new NodeScan(step, new LabelExpression.Any()),
                target);
    }

    private LogicalPlan hop(LogicalPlan plan, Variable from, EdgeType type) {
        return hop(plan, from, type, chance(50) ? Direction.OUTGOING : Direction.INCOMING);
    }

    private Expand hop(LogicalPlan plan, Variable from, EdgeType type, Direction direction) {
        Variable relationship = newVariable.apply("r", Kind.RELATIONSHIP);
        Variable to = newVariable.apply("n", Kind.NODE);
        RelationshipScan edges = new RelationshipScan(relationship, Set.of(type.name()), direction);
        return new Expand(plan, from, relationship, to, edges, new NodeScan(to, new LabelExpression.Any()));
    }

    private LogicalPlan hop(LogicalPlan plan, Variable from, List<Variable> relationships) {
        Variable relationship = newVariable.apply("r", Kind.RELATIONSHIP);
        Variable to = newVariable.apply("n", Kind.NODE);
        LogicalPlan edges = conditioned(edges(relationship));
        NodeScan target = new NodeScan(to, labels());
        List<Variable> bound = startable(plan);
        LogicalPlan expanded;
        if (chance(15)) {
            VarExpand walk = walk(plan, from, relationship, edges, target, false);
            relationships.add(walk.walk());
            expanded = walk;
        } else {
            expanded = new Expand(plan, from, relationship, to, edges, target);
            relationships.add(relationship);
        }
        // The pattern closes on a node that it has bound before.
        return chance(8) ? new Filter(expanded, new SameRow(to, oneOf(bound))) : expanded;
    }

    /** Now and then a condition on each relationship. */
    private LogicalPlan conditioned(RelationshipScan edges) {
        return chance(8) ? new Filter(edges, predicates.condition(edges.variables())) : edges;
    }

    private RelationshipScan edges(Variable relationship) {
        return new RelationshipScan(
                relationship,
                chance(45) ? Set.of() : chance(85) ? Set.of(oneOf(List.of("R", "S", "T"))) : Set.of("R", "S"),
                oneOf(List.of(Direction.OUTGOING, Direction.OUTGOING, Direction.INCOMING, Direction.BOTH)));
    }

    private LogicalPlan where(LogicalPlan plan, List<Variable> relationships, int percent) {
        LogicalPlan filtered = plan;
        List<Variable> entities =
                plan.variables().stream().filter(Variable::isEntity).toList();
        List<Variable> nodes = entities.stream()
                .filter(variable -> variable.kind() == Kind.NODE)
                .toList();
        if (chance(50)) {
            Variable node = chance(65) ? nodes.getLast() : oneOf(nodes);
            filtered = new Filter(filtered, predicates.keyCondition(node));
        }
        if (relationships.size() > 1) {
            filtered = new Filter(filtered, new DistinctRelationships(relationships));
        }
        if (chance(percent)) {
            Expression condition = predicates.condition(entities);
            filtered = new Filter(filtered, condition);
        }
        List<Variable> edges = entities.stream()
                .filter(variable -> variable.kind() == Kind.RELATIONSHIP)
                .toList();
        if (!edges.isEmpty() && chance(20)) {
            filtered = new Filter(filtered, predicates.condition(edges));
        }
        if (nodes.size() > 1 && chance(10)) {
            filtered = new Filter(filtered, predicates.comparison(nodes.getFirst(), nodes.getLast()));
        }
        return filtered;
    }

    List<Variable> startable(LogicalPlan plan) {
        return plan.variables().stream()
                .filter(variable -> variable.kind() == Kind.NODE && !frozen.contains(variable))
                .toList();
    }

    private LabelExpression labels() {
        LabelExpression label = new LabelExpression.Label(oneOf(List.of("A", "A", "B", "C")));
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4, 7 -> new LabelExpression.Any();
            case 5 -> new LabelExpression.Or(label, new LabelExpression.Label("B"));
            case 6 -> new LabelExpression.Not(label);
            default -> label;
        };
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
