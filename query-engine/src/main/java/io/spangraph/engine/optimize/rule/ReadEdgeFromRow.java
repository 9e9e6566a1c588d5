package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.PropertyField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.VertexType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a relationship from the row of the node that it stands on, so that the table is read once and not joined with
 * itself.
 *
 * <pre>
 *   Expand(All) (t)-[r]->(s)
 *     NodeByLabelScan t:Trace
 *     RelationshipTypeScan r:HAS_SPAN(Trace,Span)
 *     NodeByLabelScan s:Span
 * becomes, if the key of the trace is a column of the span's own row,
 *   Expand(All) (t)-[r]->(s)
 *     NodeByLabelScan t:Trace
 *     EdgeOnRow r:HAS_SPAN(Trace,Span) on s
 *     NodeByLabelScan s:Span with r:HAS_SPAN(Trace,Span)
 * </pre>
 *
 * The scan drops rows that are no edge, so it has to be one whose dropped rows nobody else wants: the target of the hop,
 * or a scan below it with nothing but joins and filters between. Both types must be pinned in the same way.
 */
public final class ReadEdgeFromRow implements Rule {
    @Override
    public String summary() {
        return "Reads a relationship from the row of the node that it stands on.";
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (!(plan instanceof Expand expand)
                || !(expand.edges() instanceof EdgeScan edges)
                || edges.candidates().size() != 1) {
            return Optional.empty();
        }
        EdgeCandidate candidate = edges.candidates().get(0);
        boolean farOwns = candidate.far() instanceof EdgeEnd.SameRow;
        boolean nearOwns = candidate.near() instanceof EdgeEnd.SameRow;
        if (farOwns == nearOwns) {
            return Optional.empty();
        }
        Variable owner = farOwns ? expand.to() : expand.from();
        LogicalPlan side = farOwns ? expand.target() : expand.input();
        if (ScanOfNode.find(side, owner).filter(scan -> owns(scan, candidate)).isEmpty()) {
            return Optional.empty();
        }
        EdgeOnRow onRow = new EdgeOnRow(edges.relationship(), candidate, owner, edges.properties());
        LogicalPlan changed = ScanOfNode.replace(side, owner, scan -> with(scan, onRow, edges, context.schema()));
        return Optional.of(
                farOwns
                        ? expand.withInputs(List.of(expand.input(), onRow, changed))
                        : expand.withInputs(List.of(changed, onRow, expand.target())));
    }

    private static boolean owns(VertexScan scan, EdgeCandidate edge) {
        if (scan.candidates().size() != 1) {
            return false;
        }
        VertexCandidate vertex = scan.candidates().get(0);
        EdgeEnd end = edge.far() instanceof EdgeEnd.SameRow ? edge.far() : edge.near();
        return vertex.type().name().equals(end.vertexType())
                && vertex.type().source().table().equals(edge.type().source().table())
                && vertex.pin().equals(edge.pin());
    }

    private static VertexScan with(VertexScan scan, EdgeOnRow onRow, EdgeScan edges, GraphSchema schema) {
        VertexType type = scan.candidates().get(0).type();
        EdgeLinks links = EdgeLinks.of(onRow.candidate(), schema);
        List<Expression> predicates = new ArrayList<>(scan.predicates());
        for (Expression predicate : edges.predicates()) {
            Expression said = ExpressionTree.rewrite(predicate, part -> asProperty(part, onRow, links, type));
            if (!predicates.contains(said)) {
                predicates.add(said);
            }
        }
        List<EdgeOnRow> all = new ArrayList<>(scan.edgesOnRow());
        all.add(onRow);
        return scan.withPredicates(predicates).withEdgesOnRow(all);
    }

    /** A column of the edge as the property of its owner that is mapped to the same expression, if there is one. */
    private static Expression asProperty(Expression part, EdgeOnRow onRow, EdgeLinks links, VertexType owner) {
        Optional<EntityField> column = Optional.empty();
        if (part instanceof FieldRef field && field.variable().equals(onRow.relationship())) {
            column = Optional.of(field.field());
        } else if (part instanceof Property(VariableRef subject, String name)
                && subject.variable().equals(onRow.relationship())) {
            column = Optional.of(new PropertyField(name));
        }
        return column.flatMap(field -> Optional.ofNullable(links.edge().get(field)))
                .flatMap(owner::propertyFor)
                .map(name -> (Expression) new Property(new VariableRef(onRow.owner()), name))
                .orElse(part);
    }
}
