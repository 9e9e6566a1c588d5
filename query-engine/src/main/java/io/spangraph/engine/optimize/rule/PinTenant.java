package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.schema.MappingExpression.Positioned;
import java.util.List;
import java.util.Optional;

/**
 * Says of every scan whose rows it may see, because the tenant wall stands in the plan and not in the query's text.
 *
 * <pre>
 *   NodeByLabelScan s:Span|Model {*}
 * becomes, for a principal of one tenant,
 *   NodeByLabelScan s:Span[tenant]|Model[public] {*}
 * </pre>
 *
 * The tenant itself is not in the plan: it is bound when the plan runs.
 */
public final class PinTenant implements Rule {
    @Override
    public String summary() {
        return "Pins every scan to the tenant of whoever runs the plan.";
    }

    @Override
    public boolean required() {
        return true;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (plan instanceof VertexScan scan
                && scan.candidates().stream().anyMatch(type -> type.pin().isEmpty())) {
            List<VertexCandidate> pinned = scan.candidates().stream()
                    .map(candidate -> new VertexCandidate(
                            candidate.type(), Optional.of(pin(candidate.type().tenant(), context))))
                    .toList();
            return Optional.of(
                    new VertexScan(scan.node(), pinned, scan.properties(), scan.predicates(), scan.edgesOnRow()));
        }
        if (plan instanceof EdgeScan scan
                && scan.candidates().stream().anyMatch(type -> type.pin().isEmpty())) {
            List<EdgeCandidate> pinned = scan.candidates().stream()
                    .map(candidate -> new EdgeCandidate(
                            candidate.type(),
                            candidate.reversed(),
                            candidate.skipLoops(),
                            Optional.of(pin(candidate.type().tenant(), context))))
                    .toList();
            return Optional.of(new EdgeScan(scan.relationship(), pinned, scan.properties(), scan.predicates()));
        }
        return Optional.empty();
    }

    /** How a type is pinned that has this owner; one without an owner belongs to everyone. */
    static PinMode pin(Optional<Positioned> tenant, RuleContext context) {
        if (context.schema().tenancy() == Tenancy.SINGLE) {
            return new PinMode.Unrestricted();
        }
        if (tenant.isEmpty()) {
            return new PinMode.PublicSource();
        }
        return context.allTenants()
                ? new PinMode.Unrestricted()
                : new PinMode.ByTenant(tenant.get().expression());
    }
}
