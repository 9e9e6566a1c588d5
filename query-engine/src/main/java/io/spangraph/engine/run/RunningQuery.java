package io.spangraph.engine.run;

import io.spangraph.engine.context.Cancellation.Reason;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The rows of a query as they are computed: one batch at a time, on the thread that asks for them.
 *
 * <p>Concurrency: one thread reads; any thread may close. Closing while a batch is computed cancels the query and closes
 * its scans, so that a reader that waits for storage wakes up; the reading thread then releases the operators.
 */
final class RunningQuery implements ResultCursor {
    private final QueryPlan query;
    private final QueryContext context;
    private final Operator root;
    private final QueryScans scans;
    private final Supplier<Optional<PlanDescription>> description;
    private final long startNanos = System.nanoTime();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean closed;
    private boolean finished;
    private RowBatch batch = RowBatch.of(List.of(), 0);
    private int position = -1;
    private long rows;
    private long endNanos;

    RunningQuery(
            QueryPlan query,
            QueryContext context,
            Operator root,
            QueryScans scans,
            Supplier<Optional<PlanDescription>> description) {
        this.query = query;
        this.context = context;
        this.root = root;
        this.scans = scans;
        this.description = description;
    }

    @Override
    public List<String> columns() {
        return query.columns().stream().map(ResultColumn::name).toList();
    }

    @Override
    public boolean advance() {
        reading.lock();
        try {
            if (finished) {
                return false;
            }
            if (position + 1 < batch.rowCount()) {
                position++;
            } else if (!nextBatch()) {
                finish();
                return false;
            }
            countRow();
            return true;
        } catch (QueryException failed) {
            finish();
            throw failed;
        } catch (RuntimeException unexpected) {
            finish();
            throw QueryException.of(
                            QueryErrorCode.INTERNAL,
                            "The query failed inside the engine: "
                                    + unexpected.getClass().getSimpleName() + ".")
                    .withHint("This is a defect of Spangraph; please report it with the query.")
                    .causedBy(unexpected);
        } finally {
            reading.unlock();
        }
    }

    private boolean nextBatch() {
        do {
            context.cancellation().poll();
            if (!root.advance()) {
                context.cancellation().poll();
                return false;
            }
            batch = root.batch();
        } while (batch.rowCount() == 0);
        position = 0;
        return true;
    }

    private void countRow() {
        rows++;
        if (rows > context.limits().maxRows()) {
            throw QueryException.of(
                            QueryErrorCode.ROW_LIMIT,
                            "The answer has more than " + context.limits().maxRows() + " rows.")
                    .withHint("Add a LIMIT or an aggregation, or raise limits.rows.");
        }
    }

    private void finish() {
        if (!finished) {
            finished = true;
            endNanos = System.nanoTime();
            root.close();
        }
    }

    @Override
    public List<Value> row() {
        if (position < 0 || finished) {
            throw new IllegalStateException("no row: the cursor stands before the first or behind the last");
        }
        List<Value> values = new ArrayList<>(query.columns().size());
        for (int column = 0; column < query.columns().size(); column++) {
            values.add(batch.value(position, column));
        }
        return values;
    }

    @Override
    public List<Notification> notifications() {
        return query.notifications();
    }

    @Override
    public Optional<PlanDescription> plan() {
        return description.get();
    }

    @Override
    public Receipt receipt() {
        long end = finished ? endNanos : System.nanoTime();
        return scans.receipt(rows, (end - startNanos) / 1_000_000);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (reading.tryLock()) {
            try {
                finish();
            } finally {
                reading.unlock();
            }
            return;
        }
        context.cancellation().cancel(Reason.CLIENT_GONE);
        scans.closeAll();
    }
}
