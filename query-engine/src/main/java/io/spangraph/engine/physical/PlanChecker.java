package io.spangraph.engine.physical;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.physical.ScanTemplate.Subject;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Positioned;
import java.util.List;
import java.util.Optional;

/**
 * Refuses a plan that could show rows of another tenant, whatever planned it: every scan must be pinned as its own type
 * in the mapping demands. Runs on every plan that is made and again on every plan that is run.
 */
public final class PlanChecker {
    private final GraphSchema schema;

    public PlanChecker(GraphSchema schema) {
        this.schema = schema;
    }

    /**
     * Throws an internal error if a scan of the plan has a pin that does not fit.
     *
     * @param oneTenant whether the plan is for readers of one tenant; else they see all
     */
    public void check(PhysicalPlan plan, boolean oneTenant) {
        if (plan instanceof PhysicalPlan.TableScan(ScanTemplate template)) {
            check(template, oneTenant);
        }
        if (plan instanceof PhysicalPlan.FetchColumns fetch) {
            // Nor does a fetch rest on the references being those of a scan that is pinned.
            check(fetch.template(), oneTenant);
        }
        if (plan instanceof PhysicalPlan.MetadataAggregate aggregate) {
            // What files are asked is a door of its own: it does not rest on these being the scans below.
            aggregate.asked().forEach(each -> check(each.scan(), oneTenant));
        }
        if (plan instanceof PhysicalPlan.ScopeScan scan) {
            scan.pattern().templates().forEach(template -> check(template, oneTenant));
            check(LinkedRows.of(scan.pattern(), scan.reads()).rows().template(), oneTenant);
            check(scan.otherwise(), oneTenant);
        }
        plan.inputs().forEach(input -> check(input, oneTenant));
    }

    private void check(ScanTemplate template, boolean oneTenant) {
        if (!fits(template.pin(), owner(template.subject()), oneTenant)) {
            throw violation(template.subject().name(), template.pin(), oneTenant);
        }
        if (template.subject() instanceof Subject.Vertices(var type, List<EdgeType> edges)) {
            for (EdgeType edge : edges) {
                boolean ownersAgree =
                        edge.tenant().isEmpty() || owner(edge.tenant()).equals(owner(type.tenant()));
                if (schema.tenancy() == Tenancy.ENFORCED && !ownersAgree) {
                    throw violation(edge.identifier(), template.pin(), oneTenant);
                }
            }
        }
    }

    private boolean fits(PinMode pin, Optional<MappingExpression> owner, boolean oneTenant) {
        if (schema.tenancy() == Tenancy.SINGLE) {
            return pin instanceof PinMode.Unrestricted;
        }
        return switch (pin) {
            case PinMode.ByTenant(MappingExpression expression) -> oneTenant && owner.equals(Optional.of(expression));
            case PinMode.PublicSource open -> owner.isEmpty();
            case PinMode.Unrestricted all -> !oneTenant;
        };
    }

    private static Optional<MappingExpression> owner(Subject subject) {
        return switch (subject) {
            case Subject.Vertices vertices -> owner(vertices.type().tenant());
            case Subject.Edges edges -> owner(edges.type().tenant());
        };
    }

    private static Optional<MappingExpression> owner(Optional<Positioned> tenant) {
        return tenant.map(Positioned::expression);
    }

    private static QueryException violation(String name, PinMode pin, boolean oneTenant) {
        String found = switch (pin) {
            case PinMode.ByTenant byTenant -> "pinned to another owner";
            case PinMode.PublicSource open -> "taken for public";
            case PinMode.Unrestricted all -> "not pinned";
        };
        String reader = oneTenant ? "one tenant" : "all tenants";
        return QueryException.of(
                        QueryErrorCode.INTERNAL,
                        "The plan was refused: for a reader of " + reader + " its scan of '" + name + "' is " + found
                                + ".")
                .withHint("This is a defect of Spangraph; please report it with the query.");
    }
}
