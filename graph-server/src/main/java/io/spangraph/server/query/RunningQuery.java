package io.spangraph.server.query;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.run.Receipt;
import io.spangraph.engine.run.ResultCursor;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a query while it is read. Every failure leaves as a {@link QueryException};
 * closing it takes the query off the list and counts it, however it ended.
 */
public final class RunningQuery implements AutoCloseable {
    private final ActiveQuery active;
    private final QueryPlan.Mode mode;
    private final ResultCursor cursor;
    private final BiConsumer<Receipt, Optional<QueryException>> onClose;
    private @Nullable QueryException failure;
    private boolean closed;

    RunningQuery(
            ActiveQuery active,
            QueryPlan.Mode mode,
            ResultCursor cursor,
            BiConsumer<Receipt, Optional<QueryException>> onClose) {
        this.active = active;
        this.mode = mode;
        this.cursor = cursor;
        this.onClose = onClose;
    }

    public String id() {
        return active.id();
    }

    public QueryPlan.Mode mode() {
        return mode;
    }

    public List<String> columns() {
        return cursor.columns();
    }

    /** Moves to the next row; false at the end. */
    public boolean advance() {
        try {
            boolean more = cursor.advance();
            if (more) {
                active.countRow();
            } else {
                active.cancellation().poll(); // a cursor that was closed from outside must not look like one at its end
            }
            return more;
        } catch (RuntimeException | Error e) {
            throw failed(e);
        }
    }

    public List<Value> row() {
        return cursor.row();
    }

    public List<Notification> notifications() {
        return cursor.notifications();
    }

    public Optional<PlanDescription> plan() {
        return cursor.plan();
    }

    public Receipt receipt() {
        return cursor.receipt();
    }

    /** Notes that the query did not end well, whoever noticed, and says so as a typed error. */
    public QueryException failed(Throwable why) {
        QueryException typed = QueryFailures.typed(cancelledOr(why), active.id());
        failure = typed;
        return typed;
    }

    /** Closing a cursor from outside upsets its reader; what matters is why it was closed. */
    private Throwable cancelledOr(Throwable why) {
        try {
            active.cancellation().poll();
            return why;
        } catch (QueryException cancelled) {
            return why instanceof QueryException known && known.code() != QueryErrorCode.INTERNAL ? known : cancelled;
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            cursor.close();
        } finally {
            onClose.accept(cursor.receipt(), Optional.ofNullable(failure));
        }
    }
}
