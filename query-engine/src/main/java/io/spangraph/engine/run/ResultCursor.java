package io.spangraph.engine.run;

import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.plan.Notification;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;

/** The answer to a query, row by row, and what is known once it has been read. Closing it early ends the query. */
public interface ResultCursor extends AutoCloseable {
    List<String> columns();

    /** Moves to the next row; false at the end. */
    boolean advance();

    /** The row that the last {@link #advance()} moved to, in the order of {@link #columns()}. */
    List<Value> row();

    List<Notification> notifications();

    /** The plan, for EXPLAIN and PROFILE; with PROFILE its counts are complete once all rows are read. */
    Optional<PlanDescription> plan();

    /** What was read so far; complete once all rows are read. */
    Receipt receipt();

    @Override
    void close();
}
