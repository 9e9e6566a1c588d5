package io.spangraph.engine.plan;

import io.spangraph.model.schema.VertexType;
import java.util.Optional;

/** A vertex type that a pattern node may stand for; the pin is there once the rule PinTenant has run. */
public record VertexCandidate(VertexType type, Optional<PinMode> pin) {}
