package io.spangraph.engine.context;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what the operators of one query hold, and ends the query when that is more than its limit. */
public final class MemoryBudget {
    private static final long MIN_OVERDRAFT = 4L << 20;

    private final long maxBytes;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong spilled = new AtomicLong();

    public MemoryBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Reserves bytes for the named operator, or throws {@link QueryErrorCode#MEMORY_LIMIT}. */
    public void reserve(long bytes, String operator) {
        if (!reserveWithin(bytes, maxBytes)) {
            throw tooMuch(operator);
        }
    }

    /**
     * Reserves bytes for an operator that puts rows aside as soon as it holds too much, but only once it has taken over the
     * batch at hand: it may go a little beyond the limit meanwhile.
     */
    public void overdraw(long bytes, String operator) {
        if (!reserveWithin(bytes, maxBytes + Math.max(MIN_OVERDRAFT, maxBytes / 8))) {
            throw tooMuch(operator);
        }
    }

    /** Reserves bytes if they are there. */
    public boolean tryReserve(long bytes) {
        return reserveWithin(bytes, maxBytes);
    }

    private boolean reserveWithin(long bytes, long bound) {
        long now = reserved.addAndGet(bytes);
        if (now > bound) {
            reserved.addAndGet(-bytes);
            return false;
        }
        peak.accumulateAndGet(now, Math::max);
        return true;
    }

    private QueryException tooMuch(String operator) {
        return QueryException.of(
                        QueryErrorCode.MEMORY_LIMIT,
                        "The query needs more than " + maxBytes + " bytes of memory (" + operator + ").")
                .withHint("Narrow the query, for instance by a time range or a LIMIT before the aggregation,"
                        + " or raise limits.memory.");
    }

    public void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    /** What all operators of the query may hold together. */
    public long maxBytes() {
        return maxBytes;
    }

    public long reservedBytes() {
        return reserved.get();
    }

    public long peakBytes() {
        return peak.get();
    }

    /** Notes that rows were put aside; true if they are the first ones of the query. */
    boolean noteSpilled(long bytes) {
        return bytes > 0 && spilled.getAndAdd(bytes) == 0;
    }

    /** Bytes of rows that the query has put aside on disk. */
    public long spilledBytes() {
        return spilled.get();
    }
}
