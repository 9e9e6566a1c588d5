package io.spangraph.server.bolt.session;

import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.server.query.QueryExecution;
import io.spangraph.server.query.RunningQuery;
import java.time.Duration;

/** The answer to a RUN, of which the client asks for rows as it likes. Between two turns its query is parked. */
final class OpenResult {
    private final long id;
    private final QueryScope scope;
    private final QueryExecution execution;
    private final RunningQuery query;
    private final LiveQueries live;
    private final long openedNanos = System.nanoTime();
    private long rows;

    OpenResult(long id, QueryScope scope, QueryExecution execution, RunningQuery query, LiveQueries live) {
        this.id = id;
        this.scope = scope;
        this.execution = execution;
        this.query = query;
        this.live = live;
    }

    long id() {
        return id;
    }

    QueryScope scope() {
        return scope;
    }

    RunningQuery query() {
        return query;
    }

    /** Rows that were sent or skipped. */
    long rows() {
        return rows;
    }

    void countRow() {
        rows++;
    }

    boolean isExplained() {
        return query.mode() == QueryPlan.Mode.EXPLAIN || query.mode() == QueryPlan.Mode.EXPLAIN_VERBOSE;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedNanos);
    }

    void park(Runnable ended) {
        query.park(ended);
    }

    /** Ends the query, on the thread that reads it. */
    void close() {
        live.remove(execution);
        query.close();
    }

    /** Ends the query although rows are left. Closing scans may wait for storage, and nothing waits for this. */
    void abandon() {
        live.remove(execution);
        Thread.ofVirtual().name("close-" + query.id()).start(query::close);
    }
}
