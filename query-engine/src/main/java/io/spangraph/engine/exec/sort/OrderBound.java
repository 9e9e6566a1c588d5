package io.spangraph.engine.exec.sort;

import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A first key that enough rows reach, so that rows whose first key comes after it need not be read. Threads that look for
 * the first rows together count theirs together, so that there is a bound before one of them has found enough alone.
 *
 * <p>Concurrency: any thread may offer and ask.
 */
public final class OrderBound {
    /** Keys of more rows would take memory that nobody accounts for, and a scan of so many rows ends no sooner for it. */
    private static final int MOST_KEYS = 10_000;

    private final boolean descending;
    private final long needed;
    /** First keys of different rows, until one of those that looked for them has a bound of its own. */
    private final List<Value> found = new ArrayList<>();

    private volatile Optional<Value> value = Optional.empty();

    /** @param needed how many rows are enough */
    public OrderBound(boolean descending, long needed) {
        this.descending = descending;
        this.needed = needed;
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

    /** Rows that nobody else tells of have these first keys. */
    synchronized void found(Vector keys, int[] positions) {
        if (needed == 0 || needed > MOST_KEYS) {
            return;
        }
        for (int position : positions) {
            found.add(keys.value(position));
        }
        if (found.size() >= needed) {
            Comparator<Value> order = Values::compareForOrder;
            found.sort(descending ? order.reversed() : order);
            found.subList((int) needed, found.size()).clear();
            offer(found.getLast());
        }
    }

    public Optional<Value> value() {
        return value;
    }
}
