package io.spangraph.engine.plan;

import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import java.util.Optional;

/**
 * An edge type that a pattern relationship may stand for, and the direction in which it is walked.
 *
 * @param reversed walked against its direction: the near end is {@code to}
 * @param skipLoops leaves out edges whose both ends are one vertex (same vertex type, equal keys): the other direction of
 *     the same undirected pattern already finds them
 * @param pin there once the rule PinTenant has run
 */
public record EdgeCandidate(EdgeType type, boolean reversed, boolean skipLoops, Optional<PinMode> pin) {
    public EdgeEnd near() {
        return reversed ? type.to() : type.from();
    }

    public EdgeEnd far() {
        return reversed ? type.from() : type.to();
    }
}
