package io.spangraph.engine.exec.parallel;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.Workers;
import io.spangraph.engine.context.Workers.Offer;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.scan.TableScanOperator.Reading;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rows of a pipeline that several threads run, in the order of the table's rows, as one thread would give them. What
 * is ready before its turn waits here, up to a bound; a worker that meets the bound goes, and comes back when there is
 * room again. The query's own thread works on parts as well instead of waiting.
 *
 * <p>Concurrency: everything below is guarded by the lock, but for a lane while somebody has it.
 */
public final class GatherOperator implements Operator {
    private static final int MAX_READY_BATCHES_OF_A_PART = 64;
    private static final long MAX_READY_BYTES = 64L << 20;
    private static final int SHARE_OF_MEMORY = 16;
    private static final long POLL_MILLIS = 20;

    private final Pipeline pipeline;
    private final QueryContext context;
    private final Workers workers;
    private final HeldMemory memory;
    private final long maxReadyBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Lane> lanes = new ArrayList<>();
    /** Of workers that have not begun. */
    private final Map<Runnable, Offer> offers = new IdentityHashMap<>();
    /** Parts that were taken and not read to their end, in their order. */
    private final Deque<PartRows> parts = new ArrayDeque<>();

    private long readyBytes;
    private int helping;
    private long changes;
    private boolean taking;
    private boolean exhausted;
    private volatile boolean stopped;
    private Optional<Throwable> failure = Optional.empty();
    private RowBatch batch = RowBatch.of(List.of(), 0);

    public GatherOperator(Pipeline pipeline, QueryContext context) {
        this.pipeline = pipeline;
        this.context = context;
        this.workers = context.execution().workers();
        this.memory = new HeldMemory(context.memory(), "Gather");
        this.maxReadyBytes = Math.min(MAX_READY_BYTES, context.memory().maxBytes() / SHARE_OF_MEMORY);
        for (int i = 0; i <= workers.threads(); i++) {
            lanes.add(new Lane());
        }
    }

    /** One copy of the pipeline, and the part that it reads. */
    private static final class Lane {
        private Optional<Pipeline.Copy> copy = Optional.empty();
        private Optional<PartRows> part = Optional.empty();
        /** Whether a thread works in it. */
        private boolean taken;
    }

    /** What is ready of a part. */
    private static final class PartRows {
        private final Deque<ReadyBatch> ready = new ArrayDeque<>();
        private boolean ended;
    }

    /** @param accounted whether its bytes were reserved: there may be no memory left for what is here already */
    private record ReadyBatch(RowBatch rows, long bytes, boolean accounted) {}

    @Override
    public RowLayout layout() {
        return pipeline.layout();
    }

    @Override
    public boolean advance() {
        while (true) {
            context.cancellation().poll();
            Optional<Lane> lane;
            lock.lock();
            try {
                failure.ifPresent(Crew::rethrow);
                if (takeReady()) {
                    return true;
                }
                if (stopped || parts.isEmpty() && exhausted) {
                    return false;
                }
                lane = chooseLane(true);
                if (lane.isEmpty()) {
                    awaitChange();
                }
            } finally {
                lock.unlock();
            }
            lane.ifPresent(this::step);
        }
    }

    /** Moves to the next batch in order if it is there. */
    private boolean takeReady() {
        while (!parts.isEmpty() && parts.getFirst().ready.isEmpty() && parts.getFirst().ended) {
            parts.removeFirst();
        }
        if (parts.isEmpty() || parts.getFirst().ready.isEmpty()) {
            offerWork();
            return false;
        }
        ReadyBatch next = parts.getFirst().ready.removeFirst();
        readyBytes -= next.bytes();
        if (next.accounted()) {
            memory.release(next.bytes());
        }
        batch = next.rows();
        if (readyBytes < maxReadyBytes / 2) {
            offerWork();
        }
        return true;
    }

    /** Asks for workers where there is something for them to do. */
    private void offerWork() {
        while (helping < workers.threads() && !stopped && hasFreeLane(helping + 1)) {
            helping++;
            Runnable helper = new Helper();
            offers.put(helper, workers.offer(helper));
        }
    }

    private boolean hasFreeLane(int wanted) {
        int free = 0;
        for (Lane lane : lanes) {
            free += !lane.taken && hasRoom(lane) && (lane.part.isPresent() || !exhausted && !taking) ? 1 : 0;
        }
        return free >= wanted;
    }

    private boolean hasRoom(Lane lane) {
        return readyBytes < maxReadyBytes
                && lane.part
                        .map(part -> part.ready.size() < MAX_READY_BATCHES_OF_A_PART)
                        .orElse(true);
    }

    /** Takes a lane that nobody has: that of the next rows if possible, for a worker only within the bounds. */
    private Optional<Lane> chooseLane(boolean consumer) {
        Optional<Lane> best = Optional.empty();
        for (Lane lane : lanes) {
            boolean first = !parts.isEmpty()
                    && lane.part.filter(part -> part == parts.getFirst()).isPresent();
            boolean startsFirst = parts.isEmpty() && lane.part.isEmpty();
            boolean allowed = !lane.taken
                    && (lane.part.isPresent() || !exhausted && !taking)
                    && (hasRoom(lane) || consumer && (first || startsFirst));
            if (allowed && (best.isEmpty() || first)) {
                best = Optional.of(lane);
            }
        }
        best.ifPresent(lane -> {
            lane.taken = true;
            taking |= lane.part.isEmpty();
        });
        return best;
    }

    /** What a worker does: one batch after the other as long as there is room. */
    private final class Helper implements Runnable {
        @Override
        public void run() {
            lock.lock();
            try {
                offers.remove(this);
            } finally {
                lock.unlock();
            }
            help();
        }
    }

    private void help() {
        while (true) {
            Optional<Lane> lane;
            lock.lock();
            try {
                lane = stopped ? Optional.empty() : chooseLane(false);
                if (lane.isEmpty() && isAboutToTake()) {
                    changed.awaitUninterruptibly();
                    continue;
                }
                if (lane.isEmpty()) {
                    helping--;
                    signal();
                    return;
                }
            } finally {
                lock.unlock();
            }
            step(lane.get());
        }
    }

    /** Whether another thread takes a part right now, so that the next one can be taken in a moment. */
    private boolean isAboutToTake() {
        return taking && !stopped && !exhausted && readyBytes < maxReadyBytes;
    }

    /** Reads one batch, or takes the next part. */
    private void step(Lane lane) {
        try {
            if (lane.copy.isEmpty()) {
                lane.copy = Optional.of(pipeline.copies().apply(Reading.PART_BY_PART));
            }
            Pipeline.Copy copy = lane.copy.get();
            if (lane.part.isEmpty()) {
                boolean there = copy.scan().nextPart();
                giveBack(lane, () -> notePart(lane, there));
            } else {
                Optional<RowBatch> rows =
                        copy.top().advance() ? Optional.of(copy.top().batch()) : Optional.empty();
                giveBack(lane, () -> noteRows(lane, rows));
            }
        } catch (RuntimeException | Error failed) {
            giveBack(lane, () -> noteFailure(failed));
            pipeline.scan().close();
        }
    }

    private void giveBack(Lane lane, Runnable note) {
        lock.lock();
        try {
            taking &= lane.part.isPresent();
            note.run();
            lane.taken = false;
            signal();
        } finally {
            lock.unlock();
        }
    }

    private void notePart(Lane lane, boolean there) {
        if (there) {
            PartRows part = new PartRows();
            lane.part = Optional.of(part);
            parts.addLast(part);
        } else {
            exhausted = true;
        }
    }

    private void noteRows(Lane lane, Optional<RowBatch> rows) {
        PartRows part = lane.part.orElseThrow();
        if (rows.isEmpty()) {
            part.ended = true;
            lane.part = Optional.empty();
            return;
        }
        long bytes = rows.get().heapBytesAlone();
        part.ready.addLast(new ReadyBatch(rows.get(), bytes, memory.tryReserve(bytes)));
        readyBytes += bytes;
    }

    private void noteFailure(Throwable failed) {
        if (failure.isEmpty()) {
            failure = Optional.of(failed);
        }
        stopped = true;
    }

    private void signal() {
        changes++;
        changed.signalAll();
    }

    private void awaitChange() {
        try {
            long seen = changes;
            long nanos = TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
            while (changes == seen && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a query's thread was interrupted", interrupted);
        }
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        stopped = true;
        pipeline.scan().close();
        lock.lock();
        try {
            signal();
            for (Offer offer : offers.values()) {
                helping -= offer.withdraw() ? 1 : 0;
            }
            offers.clear();
            while (helping > 0) {
                changed.awaitUninterruptibly();
            }
            parts.clear();
        } finally {
            lock.unlock();
        }
        lanes.forEach(lane -> lane.copy.ifPresent(copy -> copy.top().close()));
        memory.close();
    }
}
