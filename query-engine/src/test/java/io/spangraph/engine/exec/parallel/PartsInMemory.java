package io.spangraph.engine.exec.parallel;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.context.SpillSpace;
import io.spangraph.engine.context.Workers;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.basic.FilterOperator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.scan.BoundScan;
import io.spangraph.engine.exec.scan.BoundScan.ColumnMaker;
import io.spangraph.engine.exec.scan.SharedScan;
import io.spangraph.engine.exec.scan.TableScanOperator;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * A scan of parts that hold numbers one after the other: a column of them, and one of their remainders by ten. Tells when
 * a batch is read, and counts what is open.
 */
final class PartsInMemory implements ScanSource {
    private static final int ROWS_OF_A_BATCH = 7;

    private final int parts;
    private final int rowsOfAPart;
    private final int rowsOfABatch;
    private final BatchWatch watch;
    private final AtomicInteger next = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger taken = new AtomicInteger();
    private volatile boolean closed;

    /** Called before each batch is read. */
    @FunctionalInterface
    interface BatchWatch {
        void before(int part, int batch);
    }

    PartsInMemory(int parts, int rowsOfAPart, BatchWatch watch) {
        this(parts, rowsOfAPart, ROWS_OF_A_BATCH, watch);
    }

    PartsInMemory(int parts, int rowsOfAPart, int rowsOfABatch, BatchWatch watch) {
        this.parts = parts;
        this.rowsOfAPart = rowsOfAPart;
        this.rowsOfABatch = rowsOfABatch;
        this.watch = watch;
    }

    static QueryContext context(Workers workers, long maxMemoryBytes) {
        QueryContext alone = QueryContext.of(
                new Principal("tester", Optional.empty(), Set.of()),
                Map.of(),
                new QueryLimits(Duration.ofMinutes(1), 1_000_000, maxMemoryBytes, Long.MAX_VALUE));
        return new QueryContext(
                alone.principal(),
                alone.parameters(),
                alone.limits(),
                alone.memory(),
                alone.cancellation(),
                alone.startedAt(),
                new Execution(workers, SpillSpace.NONE));
    }

    /** A pipeline of this scan, whose rows pass a condition. */
    Pipeline pipeline(QueryContext context, CompiledExpression condition) {
        Cancellation cancellation = context.cancellation();
        ScanRequest request = new ScanRequest(
                new TableSnapshot(new TableName("lake", List.of("db"), "numbers"), OptionalLong.of(1)),
                new Pin.All(),
                ScanPredicate.TRUE,
                List.of("number", "digit"),
                false);
        ScanPlan plan = new PlanOf(request, (long) parts * rowsOfAPart);
        RowLayout layout = BatchInput.plainLayout(2);
        SharedScan shared = new SharedScan(this, plan, new ScanMonitor(cancellation));
        return new Pipeline(shared, layout, reading -> {
            BoundScan bound = new BoundScan(
                    plan,
                    new ScanMonitor(cancellation),
                    Optional.empty(),
                    List.of(),
                    layout,
                    List.of(
                            new ColumnMaker.Computed(rows -> rows.column(0)),
                            new ColumnMaker.Computed(rows -> rows.column(1))),
                    List.of(),
                    Optional.empty());
            TableScanOperator scan = new TableScanOperator(bound, shared, reading);
            Operator filter = new FilterOperator(scan, condition, context);
            return new Pipeline.Copy(scan, filter);
        });
    }

    private record PlanOf(ScanRequest request, long rows) implements ScanPlan {
        @Override
        public ScanPredicate residual() {
            return ScanPredicate.TRUE;
        }

        @Override
        public ScanEstimate estimate() {
            return new ScanEstimate(1, 0, 100, 0, rows);
        }
    }

    @Override
    public ScanParts parts(ScanPlan plan, RuntimeKeys keys, ScanMonitor monitor) {
        return new ScanParts() {
            @Override
            public Optional<BatchCursor> next() {
                int part = next.getAndIncrement();
                if (part >= parts || closed) {
                    return Optional.empty();
                }
                taken.incrementAndGet();
                open.incrementAndGet();
                return Optional.of(new Part(part));
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    private final class Part implements BatchCursor {
        private final int part;
        private int from;
        private int to;
        private int batch;
        private boolean over;

        Part(int part) {
            this.part = part;
        }

        @Override
        public boolean advance() {
            if (closed || to == rowsOfAPart) {
                return false;
            }
            watch.before(part, batch++);
            from = to;
            to = Math.min(rowsOfAPart, from + rowsOfABatch);
            return true;
        }

        @Override
        public RowBatch batch() {
            long first = (long) part * rowsOfAPart;
            long[] numbers = LongStream.range(first + from, first + to).toArray();
            long[] digits = LongStream.of(numbers).map(number -> number % 10).toArray();
            return RowBatch.of(List.of(longs(numbers), longs(digits)), numbers.length);
        }

        @Override
        public void close() {
            if (!over) {
                over = true;
                open.decrementAndGet();
            }
        }
    }

    private static Vector longs(long[] values) {
        return new Vector.LongVector(values, NullMask.NONE, Vector.LongKind.INTEGER);
    }

    @Override
    public SnapshotSet pin(Set<TableName> tables, SnapshotSelector selector) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScanPlan plan(ScanRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BatchCursor fetch(
            TableSnapshot snapshot, Pin pin, long[] references, List<String> columns, ScanMonitor monitor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TableSchema> table(TableName name) {
        return Optional.empty();
    }

    @Override
    public List<String> neighbours(TableName name) {
        return List.of();
    }

    @Override
    public void close() {}
}
