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
 *
 * <p>Concurrency: one thread at a time reads, not always the same. A reader that goes on later parks the query
 * meanwhile: then whoever ends the query from outside also closes it, so that its scans and memory are free at once.
 */
public final class RunningQuery implements AutoCloseable {
    private final ActiveQuery active;
    private final QueryPlan.Mode mode;
    private final ResultCursor cursor;
    private final BiConsumer<Receipt, Optional<QueryException>> onClose;
    private @Nullable QueryException failure;
    private @Nullable Runnable whenEnded;
    private boolean parked;
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
            if (isEnded()) {
                throw endedFromOutside();
            }
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

    /** Whether it was closed, by its reader or from outside. */
    public synchronized boolean isEnded() {
        return closed;
    }

    private synchronized QueryException endedFromOutside() {
        return failure != null
                ? failure
                : QueryException.of(QueryErrorCode.CANCELLED, "The answer to the query was closed.");
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

    /**
     * The reader stops for a while.
     *
     * @param ended called when the query is ended and closed before the reader comes back, by any thread
     */
    public void park(Runnable ended) {
        synchronized (this) {
            if (closed) {
                return;
            }
            parked = true;
            whenEnded = ended;
        }
        if (isOver()) {
            interrupt(); // whoever ended it a moment ago took the reader for one that notices by itself
        }
    }

    /** The reader goes on; what happened meanwhile it hears from {@link #advance()}. */
    public synchronized void resume() {
        parked = false;
        whenEnded = null;
    }

    private boolean isOver() {
        try {
            active.cancellation().poll();
            return false;
        } catch (QueryException ended) {
            return true;
        }
    }

    /** The query's time is up or somebody has ended it: closes it if nobody reads it, or else wakes its reader. */
    void interrupt() {
        Runnable told;
        synchronized (this) {
            if (!parked) {
                told = null;
            } else {
                parked = false;
                told = whenEnded;
                failed(QueryException.of(QueryErrorCode.CANCELLED, "The query was cancelled."));
                close();
            }
        }
        if (told != null) {
            told.run();
        } else {
            cursor.close();
        }
    }

    /** Notes that the query did not end well, whoever noticed, and says so as a typed error. */
    public synchronized QueryException failed(Throwable why) {
        if (failure != null && why == failure) {
            return failure;
        }
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
            return why instanceof QueryException known
                            && known.code() != QueryErrorCode.INTERNAL
                            && known.code() != QueryErrorCode.CANCELLED
                    ? known
                    : cancelled;
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        parked = false;
        try {
            cursor.close();
        } finally {
            onClose.accept(cursor.receipt(), Optional.ofNullable(failure));
        }
    }
}
