package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstPattern.Length;
import io.spangraph.cypher.ast.AstPattern.Selector;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.translate.PlannedPattern.PlannedHop;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.RelationshipScan;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans resolved patterns. A pattern grows from a node that is already bound, in both directions, so that patterns which
 * share a variable never become a cartesian product; a bound node that it meets again is expanded to under a fresh
 * variable and compared.
 */
final class PatternPlanner {
    private final PatternNames names;
    private final Variables variables;
    private final Set<Variable> bound = new HashSet<>();
    private final List<Expression> conditions = new ArrayList<>();
    private LogicalPlan plan;
    private boolean cartesian;

    PatternPlanner(Part before, PatternNames names, Variables variables) {
        this.plan = before.plan();
        this.names = names;
        this.variables = variables;
        before.scope().bindings().forEach(binding -> bound.add(binding.variable()));
    }

    LogicalPlan plan() {
        return plan;
    }

    /** What must hold of the plan's rows for variables that were met again. */
    List<Expression> conditions() {
        return conditions;
    }

    /** True when patterns of this MATCH share no variable. */
    boolean isCartesian() {
        return cartesian;
    }

    /**
     * Connected patterns first; a node that stands alone comes last, when others may have bound it. Shortest paths are
     * searched between ends that all of them have bound.
     */
    void addAll(List<PlannedPattern> patterns) {
        List<PlannedPattern> left = new ArrayList<>(patterns.stream()
                .filter(pattern -> pattern.selector() == Selector.ALL)
                .toList());
        boolean first = true;
        while (!left.isEmpty()) {
            Optional<PlannedPattern> connected =
                    left.stream().filter(this::touchesBound).findFirst();
            PlannedPattern next = connected
                    .or(() -> left.stream()
                            .filter(pattern -> !pattern.hops().isEmpty())
                            .findFirst())
                    .orElseGet(left::getFirst);
            cartesian |= !first && connected.isEmpty();
            first = false;
            removeOne(left, next);
            add(next);
        }
        patterns.stream().filter(pattern -> pattern.selector() != Selector.ALL).forEach(this::addShortest);
    }

    private void addShortest(PlannedPattern pattern) {
        Variable from = start(pattern.nodes().getFirst());
        Variable to = start(pattern.nodes().getLast());
        PlannedHop hop = pattern.hops().getFirst();
        Length length = hop.length().orElseThrow();
        Variable step = variables.anonymous(Kind.NODE);
        plan = new ShortestPath(
                plan,
                from,
                to,
                hop.single(),
                hop.walk().orElseThrow(),
                hop.between().orElseGet(() -> variables.anonymous(Kind.VALUE)),
                step,
                length.min(),
                length.max(),
                pattern.selector() == Selector.ALL_SHORTEST,
                filtered(new RelationshipScan(hop.single(), hop.types(), hop.direction()), hop.conditions()),
                new NodeScan(step, new LabelExpression.Any()));
    }

    private static void removeOne(List<PlannedPattern> patterns, PlannedPattern pattern) {
        patterns.remove(patterns.indexOf(pattern));
    }

    private boolean touchesBound(PlannedPattern pattern) {
        return pattern.nodes().stream().anyMatch(bound::contains);
    }

    /** A pattern that shares no variable with what is there is planned on its own and joined. */
    private void add(PlannedPattern pattern) {
        if (touchesBound(pattern) || plan instanceof SingleRow) {
            grow(pattern);
            return;
        }
        LogicalPlan before = plan;
        plan = new SingleRow();
        grow(pattern);
        plan = new Join(before, plan, List.of());
    }

    private void grow(PlannedPattern pattern) {
        int anchor = anchor(pattern);
        Variable from = start(pattern.nodes().get(anchor));
        Variable right = from;
        for (int i = anchor; i < pattern.hops().size(); i++) {
            right = expand(right, pattern.hops().get(i), false, pattern.nodes().get(i + 1));
        }
        Variable left = from;
        for (int i = anchor - 1; i >= 0; i--) {
            left = expand(left, pattern.hops().get(i), true, pattern.nodes().get(i));
        }
    }

    private int anchor(PlannedPattern pattern) {
        List<Variable> nodes = pattern.nodes();
        int value = 0;
        for (int i = nodes.size() - 1; i >= 0; i--) {
            value = bound.contains(nodes.get(i)) ? i : value;
        }
        for (int i = 0; i < nodes.size(); i++) {
            if (bound.contains(nodes.get(i)) && nodes.get(i).isEntity()) {
                return i;
            }
        }
        return value;
    }

    /** The node variable that the pattern grows from. */
    private Variable start(Variable node) {
        if (bound.contains(node) && node.isEntity()) {
            return node;
        }
        Variable scanned = node.isEntity() ? node : variables.copyOf(node, Kind.NODE);
        List<Expression> equal = node.isEntity() ? List.of() : List.of(equal(scanned, node));
        NodeScan scan = new NodeScan(scanned, names.labels(node));
        plan = plan instanceof SingleRow ? scan : new Join(plan, scan, equal);
        bound.add(scanned);
        return scanned;
    }

    private Variable expand(Variable from, PlannedHop hop, boolean backwards, Variable node) {
        Variable to = target(node);
        NodeScan target = new NodeScan(to, names.labels(node));
        RelationshipScan edges = new RelationshipScan(
                hop.single(), hop.types(), backwards ? hop.direction().reverse() : hop.direction());
        plan = hop.walk().isPresent()
                ? walk(from, hop, backwards, to, edges, target)
                : new Expand(plan, from, hop.single(), to, edges, target);
        bound.add(to);
        return to;
    }

    /** The variable that an expansion binds: the node's own, or a fresh one that must be the same. */
    private Variable target(Variable node) {
        if (!bound.contains(node)) {
            return node;
        }
        Variable fresh = variables.copyOf(node, Kind.NODE);
        conditions.add(node.isEntity() ? new SameRow(node, fresh) : equal(fresh, node));
        return fresh;
    }

    private LogicalPlan walk(
            Variable from, PlannedHop hop, boolean backwards, Variable to, RelationshipScan edges, NodeScan target) {
        Length length = hop.length().orElseThrow();
        Variable step = variables.anonymous(Kind.NODE);
        Map<Variable, Variable> turned = new LinkedHashMap<>();
        Variable walked = backwards && hop.ordered()
                ? turn(hop.walk().orElseThrow(), turned)
                : hop.walk().orElseThrow();
        Optional<Variable> between = backwards ? hop.between().map(list -> turn(list, turned)) : hop.between();
        LogicalPlan expanded = new VarExpand(
                plan,
                from,
                hop.single(),
                walked,
                between,
                step,
                to,
                length.min(),
                length.max(),
                filtered(edges, hop.conditions()),
                new NodeScan(step, new LabelExpression.Any()),
                target);
        return turned.isEmpty() ? expanded : turned(expanded, turned);
    }

    /** A list that is found in the other order than it is asked for. */
    private Variable turn(Variable list, Map<Variable, Variable> turned) {
        Variable found = variables.copyOf(list);
        turned.put(found, list);
        return found;
    }

    static LogicalPlan filtered(LogicalPlan input, List<Expression> conditions) {
        return conditions.isEmpty() ? input : new Filter(input, Conjunction.of(conditions));
    }

    /** The lists of a walk are in the order of the pattern, whichever way it was walked. */
    private static LogicalPlan turned(LogicalPlan input, Map<Variable, Variable> lists) {
        List<Item> items = new ArrayList<>();
        for (Variable variable : input.variables()) {
            Expression reference = new VariableRef(variable);
            Variable list = lists.get(variable);
            items.add(
                    list == null
                            ? new Item(reference, variable)
                            : new Item(new FunctionCall("reverse", List.of(reference)), list));
        }
        return new Project(input, items);
    }

    private static Expression equal(Variable node, Variable value) {
        return new Compare(CompareOperator.EQUAL, new VariableRef(node), new VariableRef(value));
    }
}
