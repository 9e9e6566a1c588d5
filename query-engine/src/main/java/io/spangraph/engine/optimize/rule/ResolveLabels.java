package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.RelationshipScan;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.model.schema.EdgeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces labels and relationship types by the mapped types that have them, because only types have tables.
 *
 * <pre>
 *   NodeByLabelScan s:Span                RelationshipTypeScan -[r:CHILD_OF]-
 * becomes
 *   NodeByLabelScan s:Span {*}            RelationshipTypeScan r:CHILD_OF(Span,Span)|&lt;CHILD_OF(Span,Span) {*}
 * </pre>
 *
 * A name that nothing is mapped to leaves a scan without types, which has no rows. Which types the ends of a pattern
 * rule out is left to {@link NarrowTypes}.
 */
public final class ResolveLabels implements Rule {
    @Override
    public String summary() {
        return "Replaces labels and relationship types by the mapped types that have them.";
    }

    @Override
    public boolean required() {
        return true;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (plan instanceof NodeScan scan) {
            List<VertexCandidate> candidates = context.schema().vertexTypes().stream()
                    .filter(type -> scan.labels().matches(type.labels()))
                    .map(type -> new VertexCandidate(type, Optional.empty()))
                    .toList();
            return Optional.of(new VertexScan(scan.node(), candidates, Optional.empty(), List.of(), List.of()));
        }
        if (plan instanceof RelationshipScan scan) {
            return Optional.of(
                    new EdgeScan(scan.relationship(), candidates(scan, context), Optional.empty(), List.of()));
        }
        return Optional.empty();
    }

    private static List<EdgeCandidate> candidates(RelationshipScan scan, RuleContext context) {
        List<EdgeCandidate> candidates = new ArrayList<>();
        for (EdgeType type : context.schema().edgeTypes()) {
            if (!scan.types().isEmpty() && !scan.types().contains(type.name())) {
                continue;
            }
            if (scan.direction() != Direction.INCOMING) {
                candidates.add(new EdgeCandidate(type, false, false, Optional.empty()));
            }
            if (scan.direction() != Direction.OUTGOING) {
                boolean both = scan.direction() == Direction.BOTH;
                boolean mayLoop = type.from().vertexType().equals(type.to().vertexType());
                candidates.add(new EdgeCandidate(type, true, both && mayLoop, Optional.empty()));
            }
        }
        return candidates;
    }
}
