package io.spangraph.engine.exec.sort;

import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.Optional;

/**
 * A first key that enough rows reach, so that rows whose first key comes after it need not be read.
 *
 * <p>Concurrency: any thread may offer and ask.
 */
public final class OrderBound {
    private final boolean descending;
    private volatile Optional<Value> value = Optional.empty();

    public OrderBound(boolean descending) {
        this.descending = descending;
    }

    /** Enough rows have a key that does not come after this one. */
    synchronized void offer(Value key) {
        boolean tighter = value.map(known -> {
                    int order = Values.compareForOrder(key, known);
                    return descending ? order > 0 : order < 0;
                })
                .orElse(true);
        if (tighter && !key.isNull()) {
            value = Optional.of(key);
        }
    }

    public Optional<Value> value() {
        return value;
    }
}
