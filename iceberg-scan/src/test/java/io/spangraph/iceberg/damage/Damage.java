package io.spangraph.iceberg.damage;

import com.sun.management.ThreadMXBean;
import io.spangraph.engine.context.QueryException;
import io.spangraph.iceberg.ScanSettings;
import io.spangraph.iceberg.cache.CacheMode;
import io.spangraph.iceberg.memory.MemoryLake;
import io.spangraph.model.value.Value;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Scans of damaged files, and how they may end. */
final class Damage {
    private static final long MOST_READS = 400;
    private static final long MOST_ALLOCATED = 48L << 20;
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Damage() {}

    /** Nothing of a file is kept from one scan to the next, so that each meets the damage; the plan stays. */
    static MemoryLake lake() {
        return new MemoryLake(
                true, ScanSettings.DEFAULTS.withCache(CacheMode.OFF, 0).withFreshness(Duration.ofHours(1)));
    }

    /**
     * How a scan ended: rows, or the error that a user sees. Whatever else happens ends the test: an error of another kind
     * or that names no file, more reads or memory than any answer needs, a stream that stays open.
     */
    static Optional<List<List<Value>>> ended(
            MemoryLake lake, String location, String what, Supplier<List<List<Value>>> scan) {
        lake.storage().allowReads(MOST_READS);
        long before = THREAD.getThreadAllocatedBytes(Thread.currentThread().threadId());
        Optional<List<List<Value>>> rows = ended(location, what, scan);
        long allocated = THREAD.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
        if (allocated > MOST_ALLOCATED) {
            throw new AssertionError(what + ": took " + allocated + " bytes of memory");
        }
        if (lake.storage().open() != 0) {
            throw new AssertionError(what + ": a stream stays open");
        }
        return rows;
    }

    private static Optional<List<List<Value>>> ended(String location, String what, Supplier<List<List<Value>>> scan) {
        try {
            return Optional.of(scan.get());
        } catch (QueryException e) {
            if (!e.getMessage().contains(location) || e.hint().isEmpty()) {
                throw new AssertionError(what + ": no file or no hint in: " + e.getMessage(), e);
            }
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what + ": not an error for users: " + e, e);
        }
    }
}
