package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.expr.EntityField.PropertyField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.PlanTree;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.VertexByKey;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.VertexType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads nothing for a node at the end of a trusted relationship if its key, which the relationship has, is all that
 * somebody asks for.
 *
 * <pre>
 *   Projection t.trace_id, s.name
 *     Expand(All) (t)-[r]->(s)
 *       NodeByLabelScan t:Trace {trace_id}
 *       EdgeOnRow r:HAS_SPAN(Trace,Span) on s
 *       NodeByLabelScan s:Span {name} with r:HAS_SPAN(Trace,Span)
 * becomes
 *   Projection t.trace_id, s.name
 *     Expand(All) (s)&lt;-[r]-(t)
 *       NodeByLabelScan s:Span {name} with r:&lt;HAS_SPAN(Trace,Span)
 *       EdgeOnRow r:&lt;HAS_SPAN(Trace,Span) on s
 *       NodeByKey t:Trace {trace_id}
 * </pre>
 *
 * Trust says that the node exists, a unique key that it does so once; a source with a condition is never trusted. The
 * relationship stays bound, so that two of one pattern still differ. Predicates on the key are asked of the row that the
 * key stands on. A node that is asked for its row, because a relationship stands on it, a walk starts from it or it is
 * compared with another as a row, is read.
 */
public final class DropForeignKeyHop implements Rule {
    @Override
    public String summary() {
        return "Reads nothing for a node of which no more is asked than the key that a trusted relationship has.";
    }

    @Override
    public Order order() {
        return Order.WHOLE_PLAN;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (!hasTrustedHop(plan)) {
            return Optional.empty();
        }
        LogicalPlan pruned = new PruneProperties().apply(plan, context).orElse(plan);
        LogicalPlan dropped = new Dropping(context.schema(), RowUses.of(pruned, context.schema())).in(pruned);
        return dropped == pruned ? Optional.empty() : Optional.of(dropped);
    }

    /** Whether there is a hop to drop at all, before it is worked out for the whole plan what is asked of its nodes. */
    private static boolean hasTrustedHop(LogicalPlan plan) {
        boolean here = plan instanceof Expand expand
                && oneEdge(expand)
                        .filter(edge -> Pattern.trusts(edge, End.NEAR) || Pattern.trusts(edge, End.FAR))
                        .isPresent();
        if (here) {
            return true;
        }
        for (LogicalPlan input : plan.inputs()) {
            if (hasTrustedHop(input)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<EdgeCandidate> oneEdge(Expand expand) {
        return switch (expand.edges()) {
            case EdgeScan scan
            when scan.candidates().size() == 1 -> Optional.of(scan.candidates().getFirst());
            case EdgeOnRow edge -> Optional.of(edge.candidate());
            case LogicalPlan other -> Optional.empty();
        };
    }

    /** One pass over a plan. */
    private record Dropping(GraphSchema schema, RowUses uses) {
        LogicalPlan in(LogicalPlan plan) {
            LogicalPlan over = PlanTree.mapInputs(plan, this::in);
            return over instanceof Expand expand
                    ? oneEdge(expand)
                            .flatMap(edge -> farEnd(expand, edge).or(() -> start(expand, edge)))
                            .map(LogicalPlan.class::cast)
                            .orElse(over)
                    : over;
        }

        private Optional<Expand> farEnd(Expand expand, EdgeCandidate edge) {
            return expand.target() instanceof VertexScan target
                            && isKnownByKey(target, edge, End.FAR, expand.relationship())
                    ? Optional.of(withVertexByKey(expand, target, edge))
                    : Optional.empty();
        }

        /** A pattern that starts from the node is started from the other end of its first hop. */
        private Optional<Expand> start(Expand expand, EdgeCandidate edge) {
            if (!(expand.input() instanceof VertexScan start)
                    || !expand.startsHere()
                    || !(expand.target() instanceof VertexScan target)
                    || !isKnownByKey(start, edge, End.NEAR, expand.relationship())) {
                return Optional.empty();
            }
            VertexScan input = target.withEdgesOnRow(target.edgesOnRow().stream()
                            .map(onRow -> onRow.relationship().equals(expand.relationship())
                                    ? Pattern.reversed(onRow)
                                    : onRow)
                            .toList())
                    .withPredicates(Pattern.exchangeEnds(target.predicates(), expand.relationship()));
            LogicalPlan edges = expand.edges() instanceof EdgeOnRow onRow
                    ? Pattern.reversed(onRow)
                    : Pattern.reversed(EdgeScan.class.cast(expand.edges()));
            Expand turned = new Expand(input, expand.to(), expand.relationship(), expand.from(), edges, start);
            return Optional.of(withVertexByKey(turned, start, Pattern.reversed(edge)));
        }

        private boolean isKnownByKey(VertexScan scan, EdgeCandidate edge, End end, Variable relationship) {
            if (scan.candidates().size() != 1
                    || !scan.edgesOnRow().isEmpty()
                    || !Pattern.trusts(edge, end)
                    || uses.needRow(scan.node(), relationship)) {
                return false;
            }
            VertexType type = scan.candidates().getFirst().type();
            EdgeEnd named = end == End.NEAR ? edge.near() : edge.far();
            return type.name().equals(named.vertexType())
                    && type.unique()
                    && scan.properties()
                            .filter(KeyProperties.of(type)::containsAll)
                            .isPresent();
        }

        /** What is asked of the key is asked of the row that it stands on, where a property of that row says the same. */
        private Expand withVertexByKey(Expand expand, VertexScan vertex, EdgeCandidate edge) {
            Optional<VertexScan> owner = expand.edges() instanceof EdgeOnRow onRow
                    ? ScanOfNode.find(expand.input(), onRow.owner())
                    : Optional.empty();
            Map<EntityField, MappingExpression> columns =
                    EdgeLinks.of(edge, schema).far();
            List<Expression> kept = new ArrayList<>();
            List<Expression> moved = new ArrayList<>();
            for (Expression predicate : vertex.predicates()) {
                Expression said = owner.map(row ->
                                ExpressionTree.rewrite(predicate, part -> asOwner(part, vertex.node(), columns, row)))
                        .orElse(predicate);
                boolean isSaidByRow = !ExpressionTree.variables(said).contains(vertex.node());
                (isSaidByRow ? moved : kept).add(isSaidByRow ? said : predicate);
            }
            LogicalPlan input = owner.map(
                            row -> ScanOfNode.replace(expand.input(), row.node(), scan -> withPredicates(scan, moved)))
                    .orElse(expand.input());
            return (Expand)
                    expand.withInputs(List.of(input, expand.edges(), new VertexByKey(vertex.withPredicates(kept))));
        }

        private static VertexScan withPredicates(VertexScan scan, List<Expression> more) {
            List<Expression> all = new ArrayList<>(scan.predicates());
            more.stream().filter(predicate -> !all.contains(predicate)).forEach(all::add);
            return alsoReading(scan, more).withPredicates(all);
        }

        private static VertexScan alsoReading(VertexScan scan, List<Expression> predicates) {
            PropertyNeeds needs = new PropertyNeeds();
            predicates.forEach(needs::add);
            Set<String> names = needs.ofVertices(scan.node(), scan.candidates());
            scan.properties().ifPresent(names::addAll);
            return scan.properties().isPresent() ? scan.withProperties(names) : scan;
        }

        private static Expression asOwner(
                Expression part, Variable node, Map<EntityField, MappingExpression> columns, VertexScan owner) {
            VertexType type = owner.candidates().getFirst().type();
            return part instanceof Property(VariableRef(Variable subject), String name) && subject.equals(node)
                    ? Optional.ofNullable(columns.get(new PropertyField(name)))
                            .flatMap(type::propertyFor)
                            .map(own -> (Expression) new Property(new VariableRef(owner.node()), own))
                            .orElse(part)
                    : part;
        }
    }
}
