package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.VertexType;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The types that each variable of a plan can be of, which decides the columns in which it lies. */
final class VariableTypes {
    private final Map<Variable, Map<String, VertexType>> vertices = new HashMap<>();
    private final Map<Variable, Map<String, EdgeType>> edges = new HashMap<>();

    private VariableTypes() {}

    static VariableTypes of(LogicalPlan plan) {
        VariableTypes types = new VariableTypes();
        types.collect(plan);
        return types;
    }

    Collection<VertexType> vertices(Variable node) {
        return vertices.getOrDefault(node, Map.of()).values();
    }

    Collection<EdgeType> edges(Variable relationship) {
        return edges.getOrDefault(relationship, Map.of()).values();
    }

    private void collect(LogicalPlan plan) {
        plan.inputs().forEach(this::collect);
        switch (plan) {
            case LogicalPlan.VertexScan scan -> vertexScan(scan);
            case LogicalPlan.VertexByKey end -> vertexScan(end.vertex());
            case LogicalPlan.EdgeScan scan ->
                scan.candidates().stream().map(EdgeCandidate::type).forEach(type -> add(scan.relationship(), type));
            case EdgeOnRow edge -> edgeOnRow(edge);
            case LogicalPlan.Project project -> items(project.items());
            case LogicalPlan.Aggregate aggregate -> items(aggregate.keys());
            case LogicalPlan.Union union -> {
                for (int i = 0; i < union.leftColumns().size(); i++) {
                    renamed(union.rightColumns().get(i), union.leftColumns().get(i));
                }
            }
            case LogicalPlan other -> {}
        }
    }

    private void vertexScan(LogicalPlan.VertexScan scan) {
        scan.candidates().stream().map(VertexCandidate::type).forEach(type -> add(scan.node(), type));
        scan.edgesOnRow().forEach(this::edgeOnRow);
    }

    private void edgeOnRow(EdgeOnRow edge) {
        add(edge.relationship(), edge.candidate().type());
    }

    private void items(List<Item> items) {
        for (Item item : items) {
            if (item.expression() instanceof VariableRef(Variable source)) {
                renamed(source, item.variable());
            }
        }
    }

    private void renamed(Variable from, Variable to) {
        List.copyOf(vertices(from)).forEach(type -> add(to, type));
        List.copyOf(edges(from)).forEach(type -> add(to, type));
    }

    private void add(Variable node, VertexType type) {
        vertices.computeIfAbsent(node, any -> new LinkedHashMap<>()).put(type.name(), type);
    }

    private void add(Variable relationship, EdgeType type) {
        edges.computeIfAbsent(relationship, any -> new LinkedHashMap<>()).put(type.identifier(), type);
    }
}
