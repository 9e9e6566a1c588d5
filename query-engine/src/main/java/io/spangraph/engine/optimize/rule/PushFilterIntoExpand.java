package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Filters the side of an expansion that the condition is about: what is expanded, the relationships, or the target.
 *
 * <pre>
 *   Filter t.id = 'x' AND s.status = 'error'
 *     Expand(All) (t)-[r]->(s)
 *       NodeByLabelScan t:Trace
 *       RelationshipTypeScan r:HAS_SPAN(Trace,Span)
 *       NodeByLabelScan s:Span
 * becomes
 *   Expand(All) (t)-[r]->(s)
 *     Filter t.id = 'x'
 *       NodeByLabelScan t:Trace
 *     RelationshipTypeScan r:HAS_SPAN(Trace,Span)
 *     NodeByLabelScan s:Span WHERE s.status = 'error'
 * </pre>
 *
 * Relationships and targets take it into their scans at once, because they are always scans. Of a walk of variable length
 * the relationships are left alone: a condition on the whole walk is none on its parts.
 */
public final class PushFilterIntoExpand extends FilterPush {
    @Override
    public String summary() {
        return "Filters the side of an expansion that the condition is about.";
    }

    @Override
    Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct) {
        List<Expression> staying = new ArrayList<>();
        LogicalPlan pushedInto = pushAll(below, List.of(conjunct), staying);
        return staying.isEmpty() ? Optional.of(pushedInto) : Optional.empty();
    }

    /** A condition that may move, and what it reads. */
    private record Moving(Expression condition, Set<Variable> reads) {}

    @Override
    LogicalPlan pushAll(LogicalPlan below, List<Expression> conjuncts, List<Expression> staying) {
        if (sides(below).isEmpty()) {
            staying.addAll(conjuncts);
            return below;
        }
        List<Moving> moving = new ArrayList<>();
        for (Expression conjunct : conjuncts) {
            if (Movable.isMovable(conjunct)) {
                moving.add(new Moving(conjunct, ExpressionTree.variables(conjunct)));
            }
        }
        Set<Expression> left = Collections.newSetFromMap(new IdentityHashMap<>());
        LogicalPlan pushedInto = down(below, moving, left);
        for (Expression conjunct : conjuncts) {
            if (left.contains(conjunct) || !Movable.isMovable(conjunct)) {
                staying.add(conjunct);
            }
        }
        return pushedInto;
    }

    /**
     * All conditions at once and down the whole chain of hops, so that a long pattern, with a condition for each pair of
     * its relationships, costs one look at each condition on each hop.
     *
     * @param left gets the conditions that no side takes
     */
    private static LogicalPlan down(LogicalPlan plan, List<Moving> moving, Set<Expression> left) {
        List<Integer> sides = sides(plan);
        List<LogicalPlan> inputs = new ArrayList<>(plan.inputs());
        Map<Integer, Set<Variable>> bound = new HashMap<>();
        sides.forEach(side -> bound.put(side, new HashSet<>(inputs.get(side).variables())));
        List<Moving> ofInput = new ArrayList<>();
        int stay = 0;
        for (Moving conjunct : moving) {
            Optional<Integer> side = sides.stream()
                    .filter(each -> bound.getOrDefault(each, Set.of()).containsAll(conjunct.reads()))
                    .findFirst();
            if (side.isPresent() && side.get() == 0) {
                ofInput.add(conjunct);
            } else if (side.isEmpty() || !takesIn(inputs, side.get(), conjunct.condition())) {
                left.add(conjunct.condition());
                stay++;
            }
        }
        if (stay == moving.size()) {
            return plan;
        }
        if (!ofInput.isEmpty()) {
            inputs.set(0, intoInput(inputs.getFirst(), ofInput.reversed()));
        }
        return plan.withInputs(inputs);
    }

    private static LogicalPlan intoInput(LogicalPlan input, List<Moving> moving) {
        if (sides(input).isEmpty()) {
            return filter(input, conditions(moving));
        }
        Set<Expression> left = Collections.newSetFromMap(new IdentityHashMap<>());
        LogicalPlan pushedInto = down(input, moving, left);
        List<Moving> above =
                moving.stream().filter(each -> left.contains(each.condition())).toList();
        return above.isEmpty() ? pushedInto : filter(pushedInto, conditions(above));
    }

    private static List<Expression> conditions(List<Moving> moving) {
        return moving.stream().map(Moving::condition).toList();
    }

    /** The inputs that take conditions, by their numbers. */
    private static List<Integer> sides(LogicalPlan plan) {
        if (plan instanceof Expand) {
            return List.of(0, 1, 2);
        }
        if (plan instanceof VarExpand) {
            return List.of(0, 3);
        }
        return plan instanceof ShortestPath ? List.of(0) : List.of();
    }

    private static boolean takesIn(List<LogicalPlan> inputs, int side, Expression conjunct) {
        Optional<LogicalPlan> scan = PushFilterIntoScan.intoScan(inputs.get(side), conjunct);
        scan.ifPresent(taken -> inputs.set(side, taken));
        return scan.isPresent();
    }
}
