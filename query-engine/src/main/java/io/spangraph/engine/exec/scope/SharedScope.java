package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.scan.PartSource;
import io.spangraph.engine.exec.scan.SharedScan;
import io.spangraph.engine.exec.scan.StorageReads;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.RuntimeKeys.WantedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final SharedScan scopes;
    private final SharedScan rows;
    private final Function<long[], BatchCursor> some;
    private final Supplier<Join> otherwise;
    private final KeptScopes kept;
    private final QueryContext context;
    private final HeldMemory memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Together loading;
    private final Together search;
    private final List<FoundRuns> found = new ArrayList<>();
    private final List<HeldMemory> finds = new ArrayList<>();
    private ScatteredScopes scattered = ScatteredScopes.NONE;
    private Optional<Join> join = Optional.empty();
    private long partsTaken;
    private volatile boolean clustered = true;
    private boolean restTaken;
    private volatile boolean closed;

    /**
     * Scopes of which nothing was read yet.
     *
     * @param scopes reads the scope key of all rows
     * @param rows reads all that is needed of the same rows
     * @param some reads the same of some of these rows by their references, at least: others may be among them, and not all
     *     need be there
     * @param otherwise gives the same answer for a table that is not in the order of its scopes
     * @param kept scopes and links that the source may keep, so that they need not be looked for
     */
    public SharedScope(
            SharedScan scopes,
            SharedScan rows,
            Function<long[], BatchCursor> some,
            Supplier<Join> otherwise,
            KeptScopes kept,
            QueryContext context) {
        this.scopes = scopes;
        this.rows = rows;
        this.some = some;
        this.otherwise = otherwise;
        this.kept = kept;
        this.context = context;
        this.loading = new Together(this::loaded, context.cancellation());
        this.search = new Together(this::merge, context.cancellation());
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

        /** The same of a table whose links are kept. */
        record Kept(long ordinal, BatchCursor cursor) implements Part {}

        /** All rows of the scattered scopes. */
        record Scattered(long ordinal, BatchCursor cursor, WantedRows wanted) implements Part {}

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

    KeptScopes kept() {
        return kept;
    }

    /** The next part that nobody has taken. The first call waits until all scopes are found, and helps to find them. */
    Optional<Part> next(ScopeSearch scopeSearch) {
        loading.run(kept::load);
        if (!kept.isUsable()) {
            search.run(() -> find(scopeSearch));
        }
        lock.lock();
        try {
            return closed ? Optional.empty() : kept.isUsable() ? ofKept() : found();
        } finally {
            lock.unlock();
        }
    }

    private void loaded() {
        kept.complete();
        lock.lock();
        try {
            memory.reserve((long) Long.BYTES * kept.scattered().length);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Part> found() {
        if (!clustered) {
            return joined();
        }
        Optional<SharedScan.Part> next = rows.next();
        if (next.isPresent()) {
            partsTaken++;
            return Optional.of(new Part.Rows(next.get().ordinal(), next.get().rows()));
        }
        return rest(scattered.rows());
    }

    private Optional<Part> ofKept() {
        Optional<SharedScan.Part> next = kept.nextPart();
        if (next.isPresent()) {
            partsTaken++;
            return Optional.of(new Part.Kept(next.get().ordinal(), next.get().rows()));
        }
        return rest(kept.scattered());
    }

    private Optional<Part> rest(long[] references) {
        if (restTaken || references.length == 0) {
            return Optional.empty();
        }
        restTaken = true;
        return Optional.of(new Part.Scattered(partsTaken, some.apply(references), new WantedRows(references)));
    }

    private Optional<Part> joined() {
        if (restTaken) {
            return Optional.empty();
        }
        restTaken = true;
        join = Optional.of(otherwise.get());
        return join.map(open -> new Part.Joined(0, open.rows()));
    }

    private void find(ScopeSearch scopeSearch) {
        HeldMemory held = new HeldMemory(context.memory(), "ScopeScan");
        FoundRuns runs = new FoundRuns(held);
        try {
            while (clustered && scopeSearch.next(scopes, runs)) {
                if (runs.isOutOfOrder()) {
                    clustered = false;
                }
            }
        } finally {
            lock.lock();
            try {
                found.add(runs);
                finds.add(held);
            } finally {
                lock.unlock();
            }
        }
    }

    private void merge() {
        lock.lock();
        try {
            long total = found.stream().mapToLong(FoundRuns::rows).sum();
            if (clustered) {
                scattered = FoundRuns.scattered(found, memory);
                clustered = ScatteredRuns.areFew(scattered.rows().length, total);
            }
            if (!clustered) {
                scattered = ScatteredScopes.NONE;
                rows.close();
            }
            found.clear();
            finds.forEach(HeldMemory::close);
            finds.clear();
            scopes.close();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        scopes.close();
        rows.close();
        kept.close();
        loading.fail();
        search.fail();
        lock.lock();
        try {
            join.ifPresent(open -> open.scans().forEach(StorageReads::close));
            finds.forEach(HeldMemory::close);
            finds.clear();
            memory.close();
        } finally {
            lock.unlock();
        }
    }
}
