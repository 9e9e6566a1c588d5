package io.spangraph.server.query;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.MemoryBudget;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.run.QueryRunner.PreparedQuery;
import io.spangraph.engine.run.Receipt;
import io.spangraph.engine.run.ResultCursor;
import io.spangraph.engine.spi.ScanMonitor.ScanCounts;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.server.config.ServerConfiguration.Limits;
import io.spangraph.server.telemetry.QueryMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs queries for every door: translates and plans or takes the plan from the cache, pins the tables' snapshots, sets
 * the deadline, and keeps the list of what runs. Doors know bytes and this knows queries; no door can forget a limit.
 */
public final class QueryService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryService.class);
    private static final int LOGGED_TEXT = 2_000;
    private static final Duration PATIENCE_AT_SHUTDOWN = Duration.ofSeconds(5);

    private final CompletableFuture<ServedGraph> graph;
    private final Limits limits;
    private final Duration slowQuery;
    private final QueryMetrics metrics;
    private final QueryRegistry registry = new QueryRegistry();
    private final PlanCache plans = new PlanCache();
    private final QueryThreads threads;

    /** A service for a graph that may still be opening; until it is there, queries are refused. */
    public QueryService(CompletableFuture<ServedGraph> graph, Limits limits, Duration slowQuery, QueryMetrics metrics) {
        this.graph = graph;
        this.limits = limits;
        this.slowQuery = slowQuery;
        this.metrics = metrics;
        this.threads = new QueryThreads(limits.concurrentQueries());
        metrics.gauge("spangraph.queries.running", "Queries that run now.", registry::size);
        metrics.gauge("spangraph.plans.cached", "Prepared queries in the plan cache.", plans::size);
    }

    /** The graph, or the reason why there is none. */
    public ServedGraph graph() {
        if (!graph.isDone()) {
            throw QueryException.of(QueryErrorCode.STORAGE_UNAVAILABLE, "The graph is still being opened.")
                    .withHint("Try again in a moment; /readyz tells when it is there.");
        }
        try {
            return graph.join();
        } catch (CompletionException e) {
            throw QueryException.of(QueryErrorCode.STORAGE_UNAVAILABLE, "The graph could not be opened.")
                    .causedBy(e);
        }
    }

    public boolean isReady() {
        return graph.isDone() && !graph.isCompletedExceptionally();
    }

    /** Starts a query on a thread of its own, where its reader is called; returns at once. */
    public QueryExecution start(QueryRequest request, AnswerReader reader) {
        ActiveQuery active = arrive(request);
        QueryExecution execution = new QueryExecution(active, timeout(request.options()));
        try {
            threads.run(() -> {
                try {
                    answer(request, active, reader);
                } finally {
                    execution.end();
                }
            });
        } catch (QueryException full) {
            leave(active, emptyReceipt(), Optional.of(full));
            throw full;
        }
        return execution;
    }

    private void answer(QueryRequest request, ActiveQuery active, AnswerReader reader) {
        RunningQuery running;
        try {
            running = open(request, active);
        } catch (QueryException e) {
            reader.refuse(e);
            return;
        }
        try (running) {
            reader.read(running);
        } catch (RuntimeException | Error e) {
            LOG.error("The answer to query {} could not be ended", active.id(), e);
        }
    }

    /** Runs a query on the caller's thread, up to its first row. The caller closes the answer. */
    public RunningQuery run(QueryRequest request) {
        return open(request, arrive(request));
    }

    private ActiveQuery arrive(QueryRequest request) {
        ActiveQuery active = new ActiveQuery(
                registry.nextId(), request.text(), request.principal(), Cancellation.after(timeout(request.options())));
        registry.add(active);
        return active;
    }

    private RunningQuery open(QueryRequest request, ActiveQuery active) {
        try {
            ServedGraph served = graph();
            PreparedQuery prepared = prepare(served, request);
            active.cancellation().poll();
            SnapshotSet snapshots = request.options()
                    .pinned()
                    .orElseGet(() -> served.source()
                            .pin(prepared.tables(), request.options().snapshot()));
            ResultCursor cursor = served.runner().run(prepared, context(request, active), snapshots);
            active.attach(cursor);
            return new RunningQuery(
                    active, prepared.query().mode(), cursor, (receipt, failure) -> leave(active, receipt, failure));
        } catch (RuntimeException | Error e) {
            QueryException failure = QueryFailures.typed(e, active.id());
            leave(active, emptyReceipt(), Optional.of(failure));
            throw failure;
        }
    }

    private PreparedQuery prepare(ServedGraph served, QueryRequest request) {
        PinScope scope = PinScope.of(request.principal());
        PlanCache.Key key =
                new PlanCache.Key(request.text(), scope, request.options().unknownNames());
        return plans.get(
                key,
                () -> served.runner().prepare(served.translator().translate(key.text(), key.unknownNames()), scope));
    }

    private QueryContext context(QueryRequest request, ActiveQuery active) {
        QueryLimits query = limits.query().withTimeout(timeout(request.options()));
        return new QueryContext(
                request.principal(),
                request.parameters(),
                query,
                new MemoryBudget(query.maxMemoryBytes()),
                active.cancellation());
    }

    private Duration timeout(QueryOptions options) {
        Duration longest = limits.query().timeout();
        return options.timeout().filter(wish -> wish.compareTo(longest) < 0).orElse(longest);
    }

    private void leave(ActiveQuery active, Receipt receipt, Optional<QueryException> failure) {
        registry.remove(active);
        Duration took = Duration.ofNanos(active.elapsedNanos());
        metrics.ended(took, failure.map(QueryException::code), receipt);
        if (took.compareTo(slowQuery) >= 0) {
            LOG.warn(
                    "Slow query {} of {}: {} ms, {} rows, {} bytes of {} files read, {}: {}",
                    active.id(),
                    active.principal().name(),
                    took.toMillis(),
                    receipt.rows(),
                    receipt.counts().bytesRead(),
                    receipt.counts().filesRead(),
                    failure.map(why -> why.code().name()).orElse("OK"),
                    abbreviated(active.text()));
        }
    }

    private static String abbreviated(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LOGGED_TEXT ? line : line.substring(0, LOGGED_TEXT) + "...";
    }

    private static Receipt emptyReceipt() {
        return new Receipt(Map.of(), ScanCounts.ZERO, 0, 0, false);
    }

    /** One state of all the graph's tables, for a transaction. */
    public SnapshotSet pinAll(SnapshotSelector selector) {
        ServedGraph served = graph();
        try {
            return served.source().pin(served.tables(), selector);
        } catch (RuntimeException e) {
            throw QueryFailures.typed(e, registry.nextId());
        }
    }

    /** The running queries that the principal may see, the oldest first. */
    public List<QueryInfo> list(Principal principal) {
        return registry.list(principal);
    }

    /** Ends a query; false when there is none of that id that the principal may see. */
    public boolean kill(String id, Principal principal) {
        return registry.cancel(id, principal, Cancellation.Reason.KILLED);
    }

    /** Gives a graph up that is still being opened. */
    public void closeOnceOpened() {
        CompletableFuture<Void> unused = graph.thenAccept(ServedGraph::close);
    }

    /** Tells all running queries to end. */
    public void cancelAll() {
        registry.cancelAll(Cancellation.Reason.SHUTDOWN);
    }

    /** Cancels what runs, waits for it to notice, and closes the graph. */
    @Override
    public void close() {
        cancelAll();
        threads.close(PATIENCE_AT_SHUTDOWN);
        if (isReady()) {
            graph.join().close();
        }
    }
}
