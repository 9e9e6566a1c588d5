package io.spangraph.engine.spi;

import io.spangraph.model.schema.MappingExpression;

/**
 * Whose rows a scan may see. No {@link ScanRequest} exists without one: this is the tenant wall.
 */
public sealed interface Pin {

    /**
     * Only the rows of one tenant.
     *
     * @param owner the expression over a base row that names its tenant
     */
    record Tenant(MappingExpression owner, String tenant) implements Pin {}

    /** The rows of every tenant, for a principal that may see them. */
    record All() implements Pin {}

    /** Rows of a source that the mapping declares to belong to everyone. */
    record Public() implements Pin {}
}
