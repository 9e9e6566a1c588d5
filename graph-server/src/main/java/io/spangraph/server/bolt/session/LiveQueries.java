package io.spangraph.server.bolt.session;

import io.spangraph.engine.context.Cancellation.Reason;
import io.spangraph.server.query.QueryExecution;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The queries of one connection from their arrival to their end. The connection's event loop ends them while a turn
 * goes on elsewhere, so a query that comes too late must not slip through.
 */
final class LiveQueries {
    private final Set<QueryExecution> live = new HashSet<>();
    private int interruptions;
    private boolean closed;

    /** Takes a query that is about to start. */
    void add(QueryExecution query) {
        boolean late;
        Reason why;
        synchronized (this) {
            live.add(query);
            late = interruptions > 0 || closed;
            why = closed ? Reason.CLIENT_GONE : Reason.KILLED;
        }
        if (late) {
            query.cancel(why);
        }
    }

    synchronized void remove(QueryExecution query) {
        live.remove(query);
    }

    /** Ends everything; nothing can be started until there was a {@link #reset()} for each interruption. */
    void interrupt() {
        List<QueryExecution> ended;
        synchronized (this) {
            interruptions++;
            ended = List.copyOf(live);
        }
        ended.forEach(query -> query.cancel(Reason.KILLED));
    }

    synchronized boolean isInterrupted() {
        return interruptions > 0;
    }

    /** True when no other interruption is waiting. */
    synchronized boolean reset() {
        interruptions--;
        return interruptions == 0;
    }

    /** Ends everything for good. */
    void close() {
        List<QueryExecution> ended;
        synchronized (this) {
            closed = true;
            ended = List.copyOf(live);
        }
        ended.forEach(query -> query.cancel(Reason.CLIENT_GONE));
    }
}
