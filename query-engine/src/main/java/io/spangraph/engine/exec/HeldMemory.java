package io.spangraph.engine.exec;

import io.spangraph.engine.context.MemoryBudget;

/** What one operator holds of the query's memory budget; given back as a whole when the operator closes. */
public final class HeldMemory implements AutoCloseable {
    private final MemoryBudget budget;
    private final String operator;
    private long held;

    public HeldMemory(MemoryBudget budget, String operator) {
        this.budget = budget;
        this.operator = operator;
    }

    public void reserve(long bytes) {
        budget.reserve(bytes, operator);
        held += bytes;
    }

    @Override
    public void close() {
        budget.release(held);
        held = 0;
    }
}
