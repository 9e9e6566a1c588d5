package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.PlanTree;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.VertexType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes of a plan are asked for more than properties and identity: for the row itself, on which a relationship
 * stands, where a walk starts, which is compared with another row, or which goes on under another name.
 */
final class RowUses {
    private final GraphSchema schema;
    private final Set<Variable> rows = new HashSet<>();
    /** By node, the relationships that are found by more than its key. */
    private final Map<Variable, Set<Variable>> relationships = new HashMap<>();

    private RowUses(GraphSchema schema) {
        this.schema = schema;
    }

    static RowUses of(LogicalPlan plan, GraphSchema schema) {
        RowUses uses = new RowUses(schema);
        PlanTree.forEach(plan, uses::add);
        return uses;
    }

    /** Whether anything but the expansion by this relationship needs the node's row. */
    boolean needRow(Variable node, Variable except) {
        return rows.contains(node)
                || relationships.getOrDefault(node, Set.of()).stream().anyMatch(other -> !other.equals(except));
    }

    private void add(LogicalPlan plan) {
        if (plan instanceof Expand expand) {
            expansion(expand);
        } else if (plan instanceof VarExpand walk) {
            rows.addAll(List.of(walk.from(), walk.step(), walk.to()));
        } else if (plan instanceof ShortestPath path) {
            rows.addAll(List.of(path.from(), path.step(), path.to()));
        } else if (plan instanceof Project project) {
            renamed(project.items());
        } else if (plan instanceof Aggregate aggregate) {
            renamed(aggregate.keys());
        } else if (plan instanceof Union union) {
            rows.addAll(union.leftColumns());
            rows.addAll(union.rightColumns());
        } else if (plan instanceof Filter filter) {
            compared(filter.condition());
        } else if (plan instanceof Join join) {
            join.conditions().forEach(this::compared);
        }
    }

    private void renamed(List<Item> items) {
        for (Item item : items) {
            if (item.expression() instanceof VariableRef(Variable source) && !source.equals(item.variable())) {
                rows.add(source);
            }
        }
    }

    private void compared(Expression condition) {
        if (condition instanceof SameRow(Variable left, Variable right)) {
            rows.addAll(List.of(left, right));
        }
        ExpressionTree.children(condition).forEach(this::compared);
    }

    private void expansion(Expand expand) {
        boolean byKey = switch (expand.edges()) {
            case EdgeScan scan -> scan.candidates().stream().allMatch(this::startsByKey);
            case EdgeOnRow edge -> startsByKey(edge.candidate());
            case LogicalPlan other -> false;
        };
        if (!byKey) {
            relationships.computeIfAbsent(expand.from(), any -> new HashSet<>()).add(expand.relationship());
        }
    }

    /** Whether the key is all that joins the near end to the edge. */
    private boolean startsByKey(EdgeCandidate edge) {
        Optional<VertexType> type = schema.vertexType(edge.near().vertexType());
        List<String> scope = edge.type().scope().map(Scope::key).orElse(List.of());
        return edge.near() instanceof EdgeEnd.ByKey
                && type.map(KeyProperties::of).orElse(Set.of()).containsAll(scope);
    }
}
