package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.scan.PartSource;
import io.spangraph.engine.exec.scan.SharedScan;
import io.spangraph.engine.exec.scan.StorageReads;
import io.spangraph.engine.spi.BatchCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the threads that read the scopes of a table share. First all of them look where scopes begin and end; from then on
 * each scope is known to lie in one place, or its rows are read together as one further part.
 *
 * <p>Concurrency: safe for use by many threads; any may close it, which ends all reads.
 */
public final class SharedScope implements PartSource {
    private static final long POLL_MILLIS = 20;

    /** So many scattered rows are no sign that a table is not in order: it may be small. */
    private static final long FEW_ROWS = 1 << 14;

    /** If more than one row of so many lies in a scattered scope, the table is not in the order of its scopes. */
    private static final int SCATTERED_SHARE = 8;

    private final SharedScan scopes;
    private final SharedScan rows;
    private final Function<long[], BatchCursor> fetch;
    private final Supplier<Join> otherwise;
    private final QueryContext context;
    private final HeldMemory memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<FoundRuns> found = new ArrayList<>();
    private final List<HeldMemory> finds = new ArrayList<>();
    private ScatteredScopes scattered = ScatteredScopes.NONE;
    private Optional<Join> join = Optional.empty();
    private long partsTaken;
    private int searching;
    private boolean searched;
    private boolean clustered = true;
    private boolean restTaken;
    private volatile boolean closed;

    /**
     * Scopes of which nothing was read yet.
     *
     * @param scopes reads the scope key of all rows
     * @param rows reads all that is needed of the same rows
     * @param fetch reads the same columns of rows by their references
     * @param otherwise gives the same answer for a table that is not in the order of its scopes
     */
    public SharedScope(
            SharedScan scopes,
            SharedScan rows,
            Function<long[], BatchCursor> fetch,
            Supplier<Join> otherwise,
            QueryContext context) {
        this.scopes = scopes;
        this.rows = rows;
        this.fetch = fetch;
        this.otherwise = otherwise;
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "ScopeScan");
    }

    /**
     * The answer by joins.
     *
     * @param scans what is read for it
     */
    public record Join(Operator rows, List<StorageReads> scans) {
        public Join {
            scans = List.copyOf(scans);
        }
    }

    /** A part that one thread reads. */
    sealed interface Part {
        long ordinal();

        /** Rows of the table, of which those of scattered scopes are left out. */
        record Rows(long ordinal, BatchCursor cursor) implements Part {}

        /** All rows of the scattered scopes. */
        record Scattered(long ordinal, BatchCursor cursor, long[] references) implements Part {}

        /** The whole answer, of a table that is not in the order of its scopes. */
        record Joined(long ordinal, Operator rows) implements Part {}
    }

    @Override
    public long estimatedRows() {
        return rows.estimatedRows();
    }

    @Override
    public boolean hasManyParts() {
        return rows.hasManyParts();
    }

    /** The scopes that are not in one place; known once a part was taken. */
    ScatteredScopes scattered() {
        return scattered;
    }

    /** The next part that nobody has taken. The first call waits until all scopes are found, and helps to find them. */
    Optional<Part> next(ScopeSearch search) {
        find(search);
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            if (!clustered) {
                return joined();
            }
            Optional<SharedScan.Part> next = rows.next();
            if (next.isPresent()) {
                partsTaken++;
                return Optional.of(
                        new Part.Rows(next.get().ordinal(), next.get().rows()));
            }
            if (restTaken || scattered.rows().length == 0) {
                return Optional.empty();
            }
            restTaken = true;
            return Optional.of(new Part.Scattered(partsTaken, fetch.apply(scattered.rows()), scattered.rows()));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Part> joined() {
        if (restTaken) {
            return Optional.empty();
        }
        restTaken = true;
        join = Optional.of(otherwise.get());
        return join.map(open -> new Part.Joined(0, open.rows()));
    }

    private void find(ScopeSearch search) {
        lock.lock();
        try {
            if (searched) {
                return;
            }
            searching++;
        } finally {
            lock.unlock();
        }
        HeldMemory held = new HeldMemory(context.memory(), "ScopeScan");
        FoundRuns runs = new FoundRuns(held);
        boolean ended = false;
        try {
            while (clustered && search.next(scopes, runs)) {
                if (runs.rows() > FEW_ROWS && runs.count() > runs.rows() / 2) {
                    clustered = false;
                }
            }
            ended = true;
        } finally {
            endSearch(runs, held, ended);
        }
        awaitOthers();
    }

    private void endSearch(FoundRuns runs, HeldMemory held, boolean ended) {
        lock.lock();
        try {
            searching--;
            found.add(runs);
            finds.add(held);
            if (!ended) {
                closed = true;
            }
            if (searching == 0 && !searched && !closed) {
                merge();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void merge() {
        long total = found.stream().mapToLong(FoundRuns::rows).sum();
        if (clustered) {
            scattered = FoundRuns.scattered(found, memory);
            clustered = scattered.rows().length <= Math.max(FEW_ROWS, total / SCATTERED_SHARE);
        }
        if (!clustered) {
            scattered = ScatteredScopes.NONE;
            rows.close();
        }
        found.clear();
        finds.forEach(HeldMemory::close);
        finds.clear();
        scopes.close();
        searched = true;
    }

    private void awaitOthers() {
        lock.lock();
        try {
            while (!searched && !closed) {
                context.cancellation().poll();
                changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            }
            if (!searched) {
                throw QueryException.of(QueryErrorCode.CANCELLED, "The scan was closed while it was reading.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a query's thread was interrupted", interrupted);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        scopes.close();
        rows.close();
        lock.lock();
        try {
            join.ifPresent(open -> open.scans().forEach(StorageReads::close));
            finds.forEach(HeldMemory::close);
            finds.clear();
            memory.close();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
