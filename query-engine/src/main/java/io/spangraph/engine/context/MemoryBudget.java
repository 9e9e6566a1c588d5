package io.spangraph.engine.context;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what the operators of one query hold, and ends the query when that is more than its limit. */
public final class MemoryBudget {
    private final long maxBytes;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();

    public MemoryBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Reserves bytes for the named operator, or throws {@link QueryErrorCode#MEMORY_LIMIT}. */
    public void reserve(long bytes, String operator) {
        long now = reserved.addAndGet(bytes);
        if (now > maxBytes) {
            reserved.addAndGet(-bytes);
            throw QueryException.of(
                            QueryErrorCode.MEMORY_LIMIT,
                            "The query needs more than " + maxBytes + " bytes of memory (" + operator + ").")
                    .withHint("Narrow the query, for instance by a time range or a LIMIT before the aggregation,"
                            + " or raise limits.memory.");
        }
        peak.accumulateAndGet(now, Math::max);
    }

    public void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    public long reservedBytes() {
        return reserved.get();
    }

    public long peakBytes() {
        return peak.get();
    }
}
