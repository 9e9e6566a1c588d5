package io.spangraph.engine.plan;

import io.spangraph.model.schema.MappingExpression;

/**
 * How a scan will be pinned, without the tenant itself: a plan can be cached and shared, the tenant is bound when it
 * runs.
 */
public sealed interface PinMode {
    /** To the tenant of whoever runs the plan. */
    record ByTenant(MappingExpression owner) implements PinMode {}

    /** To nobody: the plan was made for a principal that sees all tenants. */
    record Unrestricted() implements PinMode {}

    /** The source is public. */
    record PublicSource() implements PinMode {}
}
