package io.spangraph.engine.exec.scan;

import io.spangraph.engine.exec.join.KeyReceiver;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.FirstRows;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.RuntimeKeys.KeySet;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.model.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The parts of one scan, handed out to the operators that read them side by side. The source is opened when the first
 * part is wanted, so that keys which a join learns before then can narrow what is read.
 *
 * <p>Concurrency: any thread may take parts, and any may close, which ends all reads.
 */
public final class SharedScan implements KeyReceiver, PartSource {
    private final ScanSource source;
    private final ScanPlan plan;
    private final ScanMonitor monitor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Set<Value>> keys = new LinkedHashMap<>();
    private volatile Optional<ScanParts> parts = Optional.empty();
    private Optional<FirstRows> first = Optional.empty();
    private volatile boolean closed;
    private long taken;

    public SharedScan(ScanSource source, ScanPlan plan, ScanMonitor monitor) {
        this.source = source;
        this.plan = plan;
        this.monitor = monitor;
    }

    /** @param ordinal parts are numbered from 0 in the order of their rows in the table */
    public record Part(long ordinal, BatchCursor rows) {}

    @Override
    public long estimatedRows() {
        return plan.estimate().rows();
    }

    @Override
    public boolean hasManyParts() {
        return plan.parts() > 1;
    }

    @Override
    public void restrict(String baseColumn, Set<Value> values) {
        if (parts.isPresent()) {
            throw new IllegalStateException("keys for a scan that is open already");
        }
        keys.merge(baseColumn, values, SharedScan::inBoth);
    }

    /** Only the first rows of an order are wanted. To be said before the first part is asked for. */
    public void wantFirst(FirstRows wanted) {
        first = Optional.of(wanted);
    }

    private static Set<Value> inBoth(Set<Value> left, Set<Value> right) {
        return left.stream().filter(right::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** The next part that nobody has taken. */
    public Optional<Part> next() {
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            if (parts.isEmpty()) {
                parts = Optional.of(source.parts(plan, runtimeKeys(), monitor));
                if (closed) {
                    close();
                }
            }
            return parts.get().next().map(rows -> new Part(taken++, rows));
        } finally {
            lock.unlock();
        }
    }

    private RuntimeKeys runtimeKeys() {
        List<KeySet> sets = keys.entrySet().stream()
                .map(key -> new KeySet(key.getKey(), key.getValue()))
                .toList();
        return new RuntimeKeys(sets, first);
    }

    @Override
    public void close() {
        closed = true;
        parts.ifPresent(ScanParts::close);
    }
}
