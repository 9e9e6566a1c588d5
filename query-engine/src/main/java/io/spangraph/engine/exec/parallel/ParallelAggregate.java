package io.spangraph.engine.exec.parallel;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.aggregate.AggregateInput;
import io.spangraph.engine.exec.aggregate.GroupTable;
import io.spangraph.engine.exec.aggregate.Grouping;
import io.spangraph.engine.exec.scan.TableScanOperator.Reading;
import io.spangraph.engine.exec.store.TextMerge;
import io.spangraph.engine.row.RowBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Groups the rows of pipelines on several threads: each has a table of its own, and all are merged at the end, so that
 * groups come in the order of their first rows. A table that outgrows its share of the memory is merged before; the order
 * of the groups is open then. Once the merged table itself holds too much, it takes the rows that are left.
 */
public final class ParallelAggregate implements AggregateInput {
    /** Of all threads together, in the memory of the query. */
    private static final int SHARE_OF_MEMORY = 4;
    /** To number fewer groups takes one thread less time than to call others. */
    private static final int MIN_ROWS_TO_SHARE = 16_384;

    private final List<Pipeline> pipelines;
    private final Supplier<Grouping> groupings;
    private final QueryContext context;
    private final long maxPartialBytes;
    private final Crew crew;
    /** Guards the table of all and the finished ones while several threads run. */
    private final Object merging = new Object();

    private final List<Partial> finished = new ArrayList<>();
    /** From when the merged table is short of memory all rows go there, because it alone can put rows aside. */
    private volatile boolean straight;

    /**
     * An aggregation of the rows of all pipelines.
     *
     * @param groupings makes what each thread computes; safe for use by many threads
     */
    public ParallelAggregate(List<Pipeline> pipelines, Supplier<Grouping> groupings, QueryContext context) {
        this.pipelines = List.copyOf(pipelines);
        this.groupings = groupings;
        this.context = context;
        int threads = 1 + context.execution().workers().threads();
        this.maxPartialBytes = context.memory().maxBytes() / SHARE_OF_MEMORY / threads;
        this.crew = new Crew(context, this::close);
    }

    /** Groups that one part was the first to bring, for the thread that read it. */
    private record Run(Partial partial, int pipeline, long part, int from, int to) {}

    /** What one thread has grouped. */
    private static final class Partial {
        private final GroupTable table;
        private final List<Run> runs = new ArrayList<>();

        Partial(GroupTable table) {
            this.table = table;
        }

        void add(RowBatch rows, int pipeline, long part) {
            int known = table.groups();
            table.add(rows);
            if (table.groups() > known) {
                note(new Run(this, pipeline, part, known, table.groups()));
            }
        }

        private void note(Run run) {
            if (!runs.isEmpty()) {
                Run last = runs.getLast();
                if (last.pipeline() == run.pipeline() && last.part() == run.part()) {
                    runs.removeLast();
                    runs.add(new Run(this, run.pipeline(), run.part(), last.from(), run.to()));
                    return;
                }
            }
            runs.add(run);
        }
    }

    @Override
    public void drainInto(GroupTable table) {
        try {
            crew.run(() -> group(table));
            merge(table);
        } finally {
            finished.forEach(partial -> partial.table.close());
            close();
        }
    }

    /** One thread's work. */
    private void group(GroupTable table) {
        try (Share share = new Share(table)) {
            for (int i = 0; i < pipelines.size(); i++) {
                Pipeline.Copy copy = pipelines.get(i).copies().apply(Reading.BESIDE_OTHERS);
                try (Operator rows = copy.top()) {
                    while (!crew.isStopped() && rows.advance()) {
                        context.cancellation().poll();
                        share.add(rows.batch(), i, copy.scan().part());
                    }
                }
            }
            share.finish();
        }
    }

    /** Where one thread puts its rows: into a table of its own, or when memory gets short into that of all. */
    private final class Share implements AutoCloseable {
        private final GroupTable table;
        private Partial partial = newPartial();

        Share(GroupTable table) {
            this.table = table;
        }

        void add(RowBatch rows, int pipeline, long part) {
            if (straight) {
                synchronized (merging) {
                    table.add(rows);
                }
                return;
            }
            partial.add(rows, pipeline, part);
            if (partial.table.isCrowded() || partial.table.heldBytes() > maxPartialBytes) {
                synchronized (merging) {
                    table.merge(partial.table);
                    straight |= table.isCrowded();
                }
                partial.table.close();
                partial = newPartial();
            }
        }

        void finish() {
            synchronized (merging) {
                finished.add(partial);
            }
            partial = newPartial();
        }

        @Override
        public void close() {
            partial.table.close();
        }
    }

    private Partial newPartial() {
        return new Partial(GroupTable.partial(groupings.get(), context));
    }

    /** First the groups are numbered in the order of the rows, then everything is added up. */
    private void merge(GroupTable table) {
        List<Run> runs = new ArrayList<>();
        List<int[]> numbers = new ArrayList<>();
        for (Partial partial : finished) {
            // Without keys there is one group from the start, which no part brings.
            runs.addAll(partial.runs);
            numbers.add(new int[partial.table.groups()]);
        }
        runs.sort(Comparator.comparingInt(Run::pipeline).thenComparingLong(Run::part));
        if (!numberByTexts(table, runs, numbers)) {
            table.expect(finished.stream().map(partial -> partial.table).toList());
            for (Run run : runs) {
                table.number(run.partial().table, run.from(), run.to(), numbers.get(finished.indexOf(run.partial())));
            }
        }
        for (int i = 0; i < finished.size(); i++) {
            context.cancellation().poll();
            table.merge(finished.get(i).table, numbers.get(i));
        }
    }

    /** Numbers all groups on several threads, if their keys are texts of dictionaries. */
    private boolean numberByTexts(GroupTable table, List<Run> runs, List<int[]> numbers) {
        if (!table.takesMerge()) {
            return false;
        }
        List<TextMerge.Stretch> stretches = new ArrayList<>();
        for (Run run : runs) {
            int[] into = numbers.get(finished.indexOf(run.partial()));
            stretches.add(run.partial().table.stretch(run.from(), run.to(), into));
        }
        try (HeldMemory memory = new HeldMemory(context.memory(), "Aggregate")) {
            Optional<TextMerge> merge = TextMerge.of(stretches, memory);
            merge.ifPresent(texts -> {
                forEach(texts.stretches(), texts.rows(), texts::split);
                forEach(texts.parts(), texts.rows(), texts::unite);
                table.number(texts);
            });
            return merge.isPresent();
        }
    }

    /** Does pieces of work, on several threads if there is enough to do. */
    private void forEach(int pieces, int rows, IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        Runnable job = () -> {
            for (int piece = next.getAndIncrement();
                    piece < pieces && !crew.isStopped();
                    piece = next.getAndIncrement()) {
                context.cancellation().poll();
                work.accept(piece);
            }
        };
        if (rows < MIN_ROWS_TO_SHARE) {
            job.run();
        } else {
            crew.run(job);
        }
    }

    @Override
    public void close() {
        pipelines.forEach(pipeline -> pipeline.scan().close());
    }
}
