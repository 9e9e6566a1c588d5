package io.spangraph.engine.exec.aggregate;

/** Where a {@link HashAggregate} has its rows from: one operator, or several threads that group side by side. */
public interface AggregateInput extends AutoCloseable {
    /** Adds everything to the table. */
    void drainInto(GroupTable table);

    /** Ends all reading; idempotent. */
    @Override
    void close();
}
