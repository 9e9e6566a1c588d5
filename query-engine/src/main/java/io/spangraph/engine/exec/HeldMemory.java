package io.spangraph.engine.exec;

import io.spangraph.engine.context.MemoryBudget;
import io.spangraph.engine.context.QueryContext;

/** What one operator holds of the query's memory budget; given back as a whole when the operator closes. */
public final class HeldMemory implements AutoCloseable {
    /** An operator that can spill leaves as much again to the others. */
    private static final double HALF = 0.5;

    private final MemoryBudget budget;
    private final String operator;
    private final boolean overdraws;
    private final long share;
    private long held;

    public HeldMemory(MemoryBudget budget, String operator) {
        this(budget, operator, false, budget.maxBytes());
    }

    private HeldMemory(MemoryBudget budget, String operator, boolean overdraws, long share) {
        this.budget = budget;
        this.operator = operator;
        this.overdraws = overdraws;
        this.share = share;
    }

    /**
     * Memory of an operator that puts rows aside when {@link #shouldSpill()} says so, which it asks after each batch.
     * Without room for that it is memory like any other.
     */
    public static HeldMemory ofSpilling(QueryContext context, String operator) {
        return ofSpilling(context, operator, HALF);
    }

    /** The same for an operator that wants to begin at another share of the budget. */
    public static HeldMemory ofSpilling(QueryContext context, String operator, double share) {
        MemoryBudget budget = context.memory();
        boolean spills = context.execution().spill().isAvailable();
        return new HeldMemory(budget, operator, spills, (long) (share * budget.maxBytes()));
    }

    public void reserve(long bytes) {
        if (overdraws) {
            budget.overdraw(bytes, operator);
        } else {
            budget.reserve(bytes, operator);
        }
        held += bytes;
    }

    /** Reserves bytes if the budget has them. */
    public boolean tryReserve(long bytes) {
        boolean there = budget.tryReserve(bytes);
        held += there ? bytes : 0;
        return there;
    }

    /** Gives back a part. */
    public void release(long bytes) {
        budget.release(bytes);
        held -= bytes;
    }

    /** What is held now. */
    public long held() {
        return held;
    }

    /**
     * Whether this operator should put aside what it holds: it has its share of the budget, or the budget gets short and it
     * has a part in that. Two such operators in a query so leave each other room.
     */
    public boolean shouldSpill() {
        return overdraws
                && (held > share
                        || budget.reservedBytes() > budget.maxBytes() / 4 * 3 && held > budget.maxBytes() / 16);
    }

    @Override
    public void close() {
        budget.release(held);
        held = 0;
    }
}
