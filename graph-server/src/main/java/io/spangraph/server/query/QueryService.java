package io.spangraph.server.query;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Execution;
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
import io.spangraph.model.value.Value;
import io.spangraph.server.config.ServerConfiguration.Limits;
import io.spangraph.server.telemetry.QueryMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
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

    /** What a query gets to notice by itself that its time is up. */
    private static final Duration NOTICE = Duration.ofMillis(200);

    private final CompletableFuture<ServedGraph> graph;
    private final Limits limits;
    private final Duration slowQuery;
    private final Execution execution;
    private final QueryMetrics metrics;
    private final QueryRegistry registry = new QueryRegistry();
    private final PlanCache plans;
    private final QueryThreads threads;
    private final Transactions transactions;
    private final AtomicInteger openResults = new AtomicInteger();
    private final ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("query-deadlines").daemon().factory());

    /**
     * A service for a graph that may still be opening; until it is there, queries are refused.
     *
     * @param execution what its queries share, closed with the service
     */
    public QueryService(
            CompletableFuture<ServedGraph> graph,
            Limits limits,
            Duration slowQuery,
            Execution execution,
            QueryMetrics metrics) {
        this.graph = graph;
        this.limits = limits;
        this.slowQuery = slowQuery;
        this.execution = execution;
        this.metrics = metrics;
        this.plans = new PlanCache(limits.planCache());
        this.threads = new QueryThreads(limits.concurrentQueries(), limits.queuedQueries());
        this.transactions = new Transactions(limits.transactions(), limits.transactionIdle(), Clock.systemUTC());
        alarms.setRemoveOnCancelPolicy(true);
        metrics.gauge(
                "spangraph.queries.running",
                "Queries that wait for a thread, compute, or wait for their client.",
                registry::size);
        metrics.gauge("spangraph.queries.waiting", "Queries that wait for a thread.", threads::waiting);
        metrics.gauge("spangraph.results.open", "Answers that are not read to their end.", openResults::get);
        metrics.gauge("spangraph.transactions.open", "Open transactions.", transactions::size);
        metrics.gauge("spangraph.plans.cached", "Prepared queries in the plan cache.", plans::size);
        metrics.count("spangraph.plans.hits", "Queries that were served by a plan of the cache.", plans::hits);
        metrics.count("spangraph.plans.misses", "Queries that were planned, those explained not.", plans::misses);
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

    /** Starts a query as soon as a thread is free for it, where its reader is called; returns at once. */
    public QueryExecution start(QueryRequest request, AnswerReader reader) {
        QueryExecution execution = announce(request);
        start(execution, reader);
        return execution;
    }

    /** Takes a query on the list, from where it can be ended, and starts its time. It is to be started next. */
    public QueryExecution announce(QueryRequest request) {
        return new QueryExecution(arrive(request));
    }

    /**
     * Starts an announced query like {@link #start(QueryRequest, AnswerReader)}.
     *
     * @throws QueryException when too many wait already; then the query has ended
     */
    public void start(QueryExecution execution, AnswerReader reader) {
        ActiveQuery active = execution.query();
        AtomicBoolean taken = new AtomicBoolean();
        QueryThreads.Task task = threads.task(() -> {
            if (taken.compareAndSet(false, true)) {
                answer(active, reader);
                execution.end();
            }
        });
        active.interruptedBy(() -> {
            if (taken.compareAndSet(false, true)) {
                threads.withdraw(task);
                refuse(active, reader);
                execution.end();
            }
        });
        try {
            threads.run(task);
        } catch (QueryException full) {
            leave(active, emptyReceipt(), Optional.of(full));
            throw full;
        }
    }

    private void answer(ActiveQuery active, AnswerReader reader) {
        try {
            RunningQuery running;
            try {
                running = open(active.request(), active);
            } catch (QueryException e) {
                reader.refuse(e);
                return;
            }
            reader.read(running);
        } catch (RuntimeException | Error e) {
            LOG.error("The answer to query {} could not be ended", active.id(), e);
        }
    }

    /** A query that has ended before it got a thread. */
    private void refuse(ActiveQuery active, AnswerReader reader) {
        try {
            active.cancellation().poll();
        } catch (QueryException ended) {
            leave(active, emptyReceipt(), Optional.of(ended));
            try {
                reader.refuse(ended);
            } catch (RuntimeException e) {
                LOG.error("The end of query {} could not be told", active.id(), e);
            }
        }
    }

    /** Goes on with an answer that was parked, as soon as a thread is free. */
    public void resume(Runnable turn) {
        threads.resume(turn);
    }

    /** Runs a query on the caller's thread, up to its first row. The caller closes the answer. */
    public RunningQuery run(QueryRequest request) {
        return open(request, arrive(request));
    }

    private ActiveQuery arrive(QueryRequest request) {
        Duration timeout = timeout(request.options());
        ActiveQuery active = new ActiveQuery(registry.nextId(), request, timeout);
        registry.add(active);
        active.alarm(alarms.schedule(active::interrupt, timeout.plus(NOTICE).toMillis(), TimeUnit.MILLISECONDS));
        return active;
    }

    private RunningQuery open(QueryRequest request, ActiveQuery active) {
        try {
            active.cancellation().poll();
            ServedGraph served = graph();
            PlanCache.Plan plan = plan(served, request);
            PreparedQuery prepared = plan.prepared();
            active.cancellation().poll();
            SnapshotSet snapshots = SnapshotChoices.of(served, prepared, request.options());
            QueryContext context = context(request, plan.values(request.parameters()), active);
            ResultCursor cursor = counted(() -> served.runner().run(prepared, context, snapshots));
            RunningQuery running = new RunningQuery(active, prepared.query().mode(), cursor, (receipt, failure) -> {
                openResults.decrementAndGet();
                leave(active, receipt, failure);
            });
            active.interruptedBy(running::interrupt);
            return running;
        } catch (RuntimeException | Error e) {
            QueryException failure = QueryFailures.typed(e, active.id());
            leave(active, emptyReceipt(), Optional.of(failure));
            throw failure;
        }
    }

    /** Opens one more answer, if there may be one. */
    private ResultCursor counted(Supplier<ResultCursor> opening) {
        boolean opened = false;
        try {
            if (openResults.incrementAndGet() > limits.openResults()) {
                throw QueryException.of(
                                QueryErrorCode.TOO_MANY_QUERIES,
                                "There are already " + limits.openResults()
                                        + " answers that are not read to their end.")
                        .withHint("Read or close them, or raise limits.open-results.");
            }
            ResultCursor cursor = opening.get();
            opened = true;
            return cursor;
        } finally {
            if (!opened) {
                openResults.decrementAndGet();
            }
        }
    }

    private PlanCache.Plan plan(ServedGraph served, QueryRequest request) {
        return plans.get(
                request.text(),
                PinScope.of(request.principal()),
                request.options().unknownNames(),
                served.translator(),
                served.runner());
    }

    private QueryContext context(QueryRequest request, Map<String, Value> values, ActiveQuery active) {
        QueryLimits query = limits.query()
                .withTimeout(active.timeout())
                .withScanBytes(
                        request.principal().scanBytes().orElse(limits.query().maxScanBytes()));
        return new QueryContext(
                request.principal(),
                values,
                query,
                new MemoryBudget(query.maxMemoryBytes()),
                active.cancellation(),
                Instant.now(),
                execution);
    }

    private Duration timeout(QueryOptions options) {
        Duration longest = limits.query().timeout();
        return options.timeout().filter(wish -> wish.compareTo(longest) < 0).orElse(longest);
    }

    private void leave(ActiveQuery active, Receipt receipt, Optional<QueryException> failure) {
        active.over();
        registry.remove(active);
        Duration took = Duration.ofNanos(active.elapsedNanos());
        metrics.ended(active.request().door().label(), took, failure.map(QueryException::code), receipt);
        if (took.compareTo(slowQuery) >= 0) {
            LOG.warn(
                    "Slow query {} of {}, {}: {} ms, {} rows, {} bytes of {} files read, {}: {}",
                    active.id(),
                    active.principal().name(),
                    active.principal()
                            .tenant()
                            .map(tenant -> "tenant " + tenant)
                            .orElse("all tenants"),
                    took.toMillis(),
                    receipt.rows(),
                    receipt.counts().bytesRead(),
                    receipt.counts().filesRead(),
                    failure.map(why -> why.code().name()).orElse("OK"),
                    abbreviated(active.request().text()));
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
    public PinnedState pinAll(SnapshotSelector selector) {
        ServedGraph served = graph();
        try {
            return new PinnedState(selector, served.source().pin(served.tables(), selector));
        } catch (RuntimeException e) {
            throw QueryFailures.typed(e, registry.nextId());
        }
    }

    /** The open transactions of all doors. */
    public Transactions transactions() {
        return transactions;
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
        execution.close();
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
        alarms.shutdownNow();
        execution.close();
        if (isReady()) {
            graph.join().close();
        }
    }
}
