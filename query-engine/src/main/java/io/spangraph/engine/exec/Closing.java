package io.spangraph.engine.exec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Closes what an operator has open: each part also if another one cannot be closed. */
public final class Closing {
    private Closing() {}

    /** Calls these one after the other; what the first failing one threw is thrown in the end. */
    public static void all(Runnable... closings) {
        all(Arrays.asList(closings));
    }

    /** Calls these one after the other; what the first failing one threw is thrown in the end. */
    public static void all(List<Runnable> closings) {
        Optional<RuntimeException> failure = Optional.empty();
        for (Runnable closing : closings) {
            try {
                closing.run();
            } catch (RuntimeException failed) {
                failure.ifPresent(first -> first.addSuppressed(failed));
                failure = failure.or(() -> Optional.of(failed));
            }
        }
        failure.ifPresent(first -> {
            throw first;
        });
    }
}
