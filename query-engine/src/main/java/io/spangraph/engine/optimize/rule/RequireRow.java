package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Forgets that an edge is trusted where no vertex without a row can satisfy what is asked of its ends, so that the ends
 * are found by a plain join, from either side.
 *
 * <pre>
 *   Expand(All) (s)&lt;-[r]-(t)
 *     NodeByLabelScan s:Span
 *     RelationshipTypeScan r:&lt;HAS_SPAN(Trace,Span) trusted
 *     NodeByLabelScan t:Trace WHERE t.duration_ms &gt; 1000
 * becomes, because a trace without a row has no duration,
 *   Expand(All) (s)&lt;-[r]-(t)
 *     NodeByLabelScan s:Span
 *     RelationshipTypeScan r:&lt;HAS_SPAN(Trace,Span)
 *     NodeByLabelScan t:Trace WHERE t.duration_ms &gt; 1000
 * </pre>
 *
 * A predicate that null satisfies, such as IS NULL, keeps the trust, and so does one on the key or the owner alone.
 */
public final class RequireRow implements Rule {
    @Override
    public String summary() {
        return "Looks for rows alone where no vertex that exists by trust can satisfy the predicates.";
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (!(plan instanceof Expand expand)
                || !(expand.edges() instanceof EdgeScan edges)
                || !(expand.target() instanceof VertexScan target)) {
            return Optional.empty();
        }
        List<EdgeCandidate> candidates = new ArrayList<>();
        boolean changed = false;
        for (EdgeCandidate candidate : edges.candidates()) {
            boolean needless = candidate.type().trust()
                    && !mayLackRow(target, candidate, End.FAR)
                    && !(expand.startsHere() && mayLackRow(startOf(expand.input()), candidate, End.NEAR));
            changed |= needless;
            candidates.add(
                    needless
                            ? new EdgeCandidate(
                                    Pattern.withoutTrust(candidate.type()),
                                    candidate.reversed(),
                                    candidate.skipLoops(),
                                    candidate.pin())
                            : candidate);
        }
        return changed
                ? Optional.of(
                        expand.withInputs(List.of(expand.input(), edges.withCandidates(candidates), expand.target())))
                : Optional.empty();
    }

    private static LogicalPlan startOf(LogicalPlan input) {
        return input instanceof Filter filter ? startOf(filter.input()) : input;
    }

    private static boolean mayLackRow(LogicalPlan plan, EdgeCandidate edge, End end) {
        String type = (end == End.NEAR ? edge.near() : edge.far()).vertexType();
        return Pattern.trusts(edge, end)
                && plan instanceof VertexScan scan
                && scan.edgesOnRow().isEmpty()
                && scan.candidates().stream()
                        .filter(candidate -> candidate.type().name().equals(type))
                        .map(candidate -> KeyProperties.truth(scan.node(), candidate.type()))
                        .anyMatch(truth -> scan.predicates().stream().allMatch(truth::canBeTrue));
    }
}
