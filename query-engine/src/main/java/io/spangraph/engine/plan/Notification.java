package io.spangraph.engine.plan;

import io.spangraph.model.SourcePosition;
import java.util.Optional;

/**
 * Something the author of a query should know although the query runs.
 *
 * @param code status as Neo4j's clients know it
 */
public record Notification(
        String code, Severity severity, String title, String description, Optional<SourcePosition> position) {
    /** How much it matters. */
    public enum Severity {
        WARNING,
        INFORMATION
    }
}
