package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.ProcedureCall;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.RelationshipScan;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.engine.plan.LogicalPlan.Skip;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.TopN;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.LogicalPlan.Unwind;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.engine.plan.LogicalPlan.VertexByKey;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads only the properties that something asks for.
 *
 * <pre>
 *   Projection s.name AS name
 *     NodeByLabelScan s:Span {*} WHERE s.status = 'error'
 * becomes
 *   Projection s.name AS name
 *     NodeByLabelScan s:Span {name, status} WHERE s.status = 'error'
 * </pre>
 *
 * A node or relationship that is asked for as a whole has all properties but the lazy ones. Identity is no property: it
 * is always there.
 */
public final class PruneProperties implements Rule {
    @Override
    public String summary() {
        return "Reads only the properties that something asks for.";
    }

    @Override
    public Order order() {
        return Order.WHOLE_PLAN;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        PropertyNeeds result = new PropertyNeeds();
        plan.variables().forEach(result::addWhole);
        LogicalPlan pruned = prune(plan, result, new PropertyNeeds());
        return pruned.equals(plan) ? Optional.empty() : Optional.of(pruned);
    }

    /**
     * @param needs what is asked for above; added to on the way down
     * @param outer takes up what is asked of the variables of an Argument
     */
    private LogicalPlan prune(LogicalPlan plan, PropertyNeeds needs, PropertyNeeds outer) {
        return switch (plan) {
            case SingleRow leaf -> leaf;
            case NodeScan leaf -> leaf;
            case RelationshipScan leaf -> leaf;
            case Argument argument -> {
                outer.addAll(needs);
                yield argument;
            }
            case VertexScan scan -> pruneScan(scan, needs);
            case VertexByKey end -> new VertexByKey(pruneScan(end.vertex(), needs));
            case EdgeScan scan -> {
                scan.predicates().forEach(needs::add);
                yield scan.withProperties(needs.ofEdges(scan.relationship(), scan.candidates()));
            }
            case EdgeOnRow edge -> pruneOnRow(edge, needs);
            case Expand expand -> pruneInputs(expand, needs, outer);
            case VarExpand expand -> pruneWalk(expand, needs, outer);
            case ShortestPath path -> pruneShortest(path, needs, outer);
            case Filter filter -> pruneBelow(filter, List.of(filter.condition()), needs, outer);
            case Project project -> {
                PropertyNeeds below = new PropertyNeeds();
                addItems(project.items(), needs, below);
                yield pruneInputs(project, below, outer);
            }
            case Aggregate aggregate -> {
                PropertyNeeds below = new PropertyNeeds();
                addItems(aggregate.keys(), needs, below);
                for (AggregateItem item : aggregate.aggregates()) {
                    below.add(item.call());
                }
                yield pruneInputs(aggregate, below, outer);
            }
            case Distinct distinct -> pruneInputs(distinct, needs, outer);
            case Sort sort -> pruneSorted(sort, sort.keys(), needs, outer);
            case TopN top -> pruneSorted(top, top.keys(), needs, outer);
            case Skip skip -> pruneInputs(skip, needs, outer);
            case Limit limit -> pruneInputs(limit, needs, outer);
            case Unwind unwind -> pruneBelow(unwind, List.of(unwind.list()), needs, outer);
            case Union union -> pruneUnion(union, needs, outer);
            case Join join -> pruneBelow(join, join.conditions(), needs, outer);
            case Apply apply -> pruneSubquery(apply, needs, needs.copy(), outer);
            case SemiApply apply -> pruneSubquery(apply, needs, new PropertyNeeds(), outer);
            case RollUpApply apply -> {
                PropertyNeeds ofInnerRows = new PropertyNeeds();
                ofInnerRows.add(apply.result().call());
                yield pruneSubquery(apply, needs, ofInnerRows, outer);
            }
            case ProcedureCall call -> pruneBelow(call, call.arguments(), needs, outer);
        };
    }

    private LogicalPlan pruneInputs(LogicalPlan plan, PropertyNeeds needs, PropertyNeeds outer) {
        List<LogicalPlan> inputs = new ArrayList<>();
        plan.inputs().forEach(input -> inputs.add(prune(input, needs.copy(), outer)));
        return plan.withInputs(inputs);
    }

    private LogicalPlan pruneBelow(
            LogicalPlan plan, List<Expression> expressions, PropertyNeeds needs, PropertyNeeds outer) {
        expressions.forEach(needs::add);
        return pruneInputs(plan, needs, outer);
    }

    private LogicalPlan pruneSorted(
            LogicalPlan plan, List<LogicalPlan.SortKey> keys, PropertyNeeds needs, PropertyNeeds outer) {
        keys.forEach(key -> needs.addOrdering(key.expression()));
        return pruneInputs(plan, needs, outer);
    }

    private static VertexScan pruneScan(VertexScan scan, PropertyNeeds needs) {
        scan.predicates().forEach(needs::add);
        List<EdgeOnRow> edges =
                scan.edgesOnRow().stream().map(edge -> pruneOnRow(edge, needs)).toList();
        return scan.withProperties(needs.ofVertices(scan.node(), scan.candidates()))
                .withEdgesOnRow(edges);
    }

    private static EdgeOnRow pruneOnRow(EdgeOnRow edge, PropertyNeeds needs) {
        return edge.withProperties(needs.ofEdges(edge.relationship(), List.of(edge.candidate())));
    }

    private LogicalPlan pruneWalk(VarExpand expand, PropertyNeeds needs, PropertyNeeds outer) {
        if (needs.asksFor(expand.walk())) {
            needs.addWhole(expand.relationship());
        }
        if (expand.between().map(needs::asksFor).orElse(false)) {
            needs.addWhole(expand.from());
            needs.addWhole(expand.step());
            needs.addWhole(expand.to());
        }
        return pruneInputs(expand, needs, outer);
    }

    private LogicalPlan pruneShortest(ShortestPath path, PropertyNeeds needs, PropertyNeeds outer) {
        if (needs.asksFor(path.walk())) {
            needs.addWhole(path.relationship());
        }
        if (needs.asksFor(path.between())) {
            needs.addWhole(path.from());
            needs.addWhole(path.step());
            needs.addWhole(path.to());
        }
        return pruneInputs(path, needs, outer);
    }

    private LogicalPlan pruneUnion(Union union, PropertyNeeds needs, PropertyNeeds outer) {
        PropertyNeeds right = new PropertyNeeds();
        for (int i = 0; i < union.leftColumns().size(); i++) {
            right.passOn(union.rightColumns().get(i), needs, union.leftColumns().get(i));
        }
        return union.withInputs(List.of(prune(union.left(), needs, outer), prune(union.right(), right, outer)));
    }

    private LogicalPlan pruneSubquery(
            LogicalPlan apply, PropertyNeeds needs, PropertyNeeds innerNeeds, PropertyNeeds outer) {
        PropertyNeeds ofOuterSide = new PropertyNeeds();
        LogicalPlan inner = prune(apply.inputs().get(1), innerNeeds, ofOuterSide);
        needs.addAll(ofOuterSide);
        return apply.withInputs(List.of(prune(apply.inputs().get(0), needs, outer), inner));
    }

    private static void addItems(List<Item> items, PropertyNeeds above, PropertyNeeds below) {
        for (Item item : items) {
            if (item.expression() instanceof VariableRef(Variable source)) {
                below.passOn(source, above, item.variable());
            } else {
                below.add(item.expression());
            }
        }
    }
}
