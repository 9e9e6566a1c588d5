package io.spangraph.engine.optimize;

import io.spangraph.engine.expr.Variable;
import io.spangraph.model.schema.GraphSchema;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What rules may know: the schema and how the plan will be pinned. Never a tenant, never a parameter's value.
 *
 * @param allTenants the plan is made for a principal that sees all tenants
 * @param nextVariable source of ids for variables that rules invent
 */
public record RuleContext(GraphSchema schema, boolean allTenants, AtomicInteger nextVariable) {
    public Variable newVariable(String name, Variable.Kind kind) {
        return new Variable(name, nextVariable.getAndIncrement(), kind);
    }
}
