package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.LogicalPlan.VertexByKey;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Of which vertex types the nodes can be that a plan binds. */
final class NodeTypes {
    private final Map<Variable, Set<String>> types;

    private NodeTypes(Map<Variable, Set<String>> types) {
        this.types = types;
    }

    /** What is known without a plan: nothing. */
    static NodeTypes none() {
        return new NodeTypes(Map.of());
    }

    /** @param outer what is known of the variables of an {@link Argument} */
    static NodeTypes of(LogicalPlan plan, NodeTypes outer) {
        return new NodeTypes(collect(plan, outer.types));
    }

    /** Names of vertex types; empty where nothing is known. */
    Optional<Set<String>> of(Variable node) {
        return Optional.ofNullable(types.get(node));
    }

    private static Map<Variable, Set<String>> collect(LogicalPlan plan, Map<Variable, Set<String>> outer) {
        if (plan instanceof Argument) {
            return outer;
        }
        if (plan instanceof VertexScan scan) {
            return Map.of(
                    scan.node(),
                    scan.candidates().stream()
                            .map(candidate -> candidate.type().name())
                            .collect(Collectors.toSet()));
        }
        if (plan instanceof VertexByKey end) {
            return collect(end.vertex(), outer);
        }
        if (plan instanceof Project project) {
            return renamed(project.items(), collect(project.input(), outer));
        }
        if (plan instanceof Aggregate aggregate) {
            return renamed(aggregate.keys(), collect(aggregate.input(), outer));
        }
        if (plan instanceof Union union) {
            return united(union, outer);
        }
        Map<Variable, Set<String>> all = new HashMap<>();
        plan.inputs().forEach(input -> all.putAll(collect(input, outer)));
        all.keySet().retainAll(plan.variables());
        return all;
    }

    private static Map<Variable, Set<String>> renamed(List<Item> items, Map<Variable, Set<String>> below) {
        Map<Variable, Set<String>> all = new HashMap<>();
        for (Item item : items) {
            if (item.expression() instanceof VariableRef(Variable source) && below.containsKey(source)) {
                all.put(item.variable(), below.get(source));
            }
        }
        return all;
    }

    private static Map<Variable, Set<String>> united(Union union, Map<Variable, Set<String>> outer) {
        Map<Variable, Set<String>> left = collect(union.left(), outer);
        Map<Variable, Set<String>> right = collect(union.right(), outer);
        Map<Variable, Set<String>> all = new HashMap<>();
        for (int i = 0; i < union.leftColumns().size(); i++) {
            Variable column = union.leftColumns().get(i);
            Variable other = union.rightColumns().get(i);
            if (left.containsKey(column) && right.containsKey(other)) {
                Set<String> both = new HashSet<>(left.get(column));
                both.addAll(right.get(other));
                all.put(column, both);
            }
        }
        return all;
    }
}
