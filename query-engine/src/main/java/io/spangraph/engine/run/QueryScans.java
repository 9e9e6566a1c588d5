package io.spangraph.engine.run;

import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.exec.scan.StorageReads;
import io.spangraph.engine.run.ScanBinder.PlannedFetch;
import io.spangraph.engine.run.ScanBinder.PlannedScan;
import io.spangraph.engine.spi.ScanMonitor.ScanCounts;
import io.spangraph.engine.spi.TableSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All scans of one query, those of the plans that its procedures run included: they share one limit and one receipt, and
 * closing the query wakes all of them up. Scans that have ended are kept as sums only.
 */
final class QueryScans {
    private final QueryLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<PlannedScan> planned = new ArrayList<>();
    private final List<PlannedFetch> fetches = new ArrayList<>();
    private final List<StorageReads> operators = new ArrayList<>();
    private final Map<String, Long> snapshots = new TreeMap<>();
    private ScanCounts ended = ScanCounts.ZERO;
    private boolean endedWithAnswers;
    private long bytes;

    QueryScans(QueryLimits limits) {
        this.limits = limits;
    }

    /** Takes scans up, or refuses them when the query would read too much with them, before they read anything. */
    void add(PlannedReads reads) {
        lock.lock();
        try {
            for (PlannedScan scan : reads.scans()) {
                bytes += scan.plan().estimate().bytes();
            }
            if (bytes > limits.maxScanBytes()) {
                List<PlannedScan> all = new ArrayList<>(planned);
                all.addAll(reads.scans());
                new ScanBudget(limits.maxScanBytes()).check(all, ended.bytesRead());
            }
            note(reads);
        } finally {
            lock.unlock();
        }
    }

    /** Takes up the scans of a plan that is only explained: it will read nothing. */
    void addExplained(PlannedReads reads) {
        lock.lock();
        try {
            note(reads);
        } finally {
            lock.unlock();
        }
    }

    private void note(PlannedReads reads) {
        reads.scans().forEach(this::note);
        fetches.addAll(reads.fetches());
    }

    private void note(PlannedScan scan) {
        planned.add(scan);
        TableSnapshot snapshot = scan.plan().request().snapshot();
        snapshot.snapshotId().ifPresent(id -> snapshots.put(snapshot.table().shortName(), id));
    }

    /** Takes up what reads the scans, so that it can be closed from outside. */
    void addOperators(Collection<StorageReads> reading) {
        lock.lock();
        try {
            operators.addAll(reading);
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of scans that have been read to the end of what was wanted of them. */
    void end(PlannedReads reads, Collection<StorageReads> reading) {
        lock.lock();
        try {
            for (PlannedScan scan : reads.scans()) {
                ended = ended.plus(scan.monitor().counts());
                endedWithAnswers |= !scan.answers().isEmpty();
            }
            for (PlannedFetch fetch : reads.fetches()) {
                ended = ended.plus(fetch.monitor().counts());
            }
            planned.removeAll(reads.scans());
            fetches.removeAll(reads.fetches());
            operators.removeAll(reading);
        } finally {
            lock.unlock();
        }
    }

    /** Closes whatever reads now. */
    void closeAll() {
        List<StorageReads> reading;
        lock.lock();
        try {
            reading = List.copyOf(operators);
        } finally {
            lock.unlock();
        }
        reading.forEach(StorageReads::close);
    }

    Receipt receipt(long rows, long millis) {
        lock.lock();
        try {
            ScanCounts counts = ended;
            boolean answered = endedWithAnswers;
            for (PlannedScan scan : planned) {
                counts = counts.plus(scan.monitor().counts());
                answered |= !scan.answers().isEmpty();
            }
            for (PlannedFetch fetch : fetches) {
                counts = counts.plus(fetch.monitor().counts());
            }
            return new Receipt(snapshots, counts, rows, millis, answered && counts.filesRead() == 0);
        } finally {
            lock.unlock();
        }
    }
}
