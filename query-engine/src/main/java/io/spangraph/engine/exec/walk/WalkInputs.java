package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.Operator;
import java.util.Optional;

/**
 * The operators below a walk, which owns them.
 *
 * @param input binds where walks start, and is read first
 * @param steps the vertices that a walk may pass through
 * @param target the vertices that a walk may end at
 * @param trustedSteps a row for each edge that is trusted and whose far vertex has no row: the edge's type name,
 *     {@code Reversed} (if the edges provide it) and row, and the columns that the steps have, as the edge tells them. Only
 *     those that satisfy what the steps have to satisfy
 * @param trustedTargets likewise, with the columns of the target
 */
public record WalkInputs(
        Operator input,
        Operator edges,
        Operator steps,
        Operator target,
        Optional<Operator> trustedSteps,
        Optional<Operator> trustedTargets)
        implements AutoCloseable {

    /** Without trusted edges. */
    public static WalkInputs of(Operator input, Operator edges, Operator steps, Operator target) {
        return new WalkInputs(input, edges, steps, target, Optional.empty(), Optional.empty());
    }

    @Override
    public void close() {
        Closing.all(
                input::close,
                edges::close,
                steps::close,
                target::close,
                () -> trustedSteps.ifPresent(Operator::close),
                () -> trustedTargets.ifPresent(Operator::close));
    }
}
