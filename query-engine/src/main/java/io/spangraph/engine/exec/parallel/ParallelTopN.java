package io.spangraph.engine.exec.parallel;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.scan.TableScanOperator.Reading;
import io.spangraph.engine.exec.sort.OrderBound;
import io.spangraph.engine.exec.sort.SortSpec;
import io.spangraph.engine.exec.sort.TopN;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The first rows of an order, which several threads look for: each finds the first ones among the rows that it reads, and
 * those are put in order together. Rows of equal keys keep the order of the table.
 */
public final class ParallelTopN implements Operator {
    /** What is too much to keep on every thread. */
    public static final long MAX_ROWS = 100_000;

    private final Pipeline pipeline;
    private final Supplier<List<SortSpec>> keys;
    private final long skip;
    private final long limit;
    private final Optional<OrderBound> reader;
    private final QueryContext context;
    private final Crew crew;
    /** What each thread found, of which the first batch is there already. */
    private final List<TopN> found = new ArrayList<>();

    private Optional<TopN> merged = Optional.empty();
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * The rows of the pipeline from the skipped ones on.
     *
     * @param keys makes the keys for one thread; safe for use by many threads
     */
    public ParallelTopN(Pipeline pipeline, Supplier<List<SortSpec>> keys, long skip, long limit, QueryContext context) {
        this(pipeline, keys, skip, limit, Optional.empty(), context);
    }

    /** Likewise, and whoever reads the rows learns which first keys are still of interest. */
    public ParallelTopN(
            Pipeline pipeline,
            Supplier<List<SortSpec>> keys,
            long skip,
            long limit,
            Optional<OrderBound> reader,
            QueryContext context) {
        this.pipeline = pipeline;
        this.keys = keys;
        this.skip = skip;
        this.reader = reader;
        this.limit = limit;
        this.context = context;
        this.crew = new Crew(context, pipeline.scan()::close);
    }

    @Override
    public RowLayout layout() {
        return pipeline.layout();
    }

    @Override
    public boolean advance() {
        if (merged.isEmpty()) {
            // With LIMIT 0 nothing is left to find out.
            if (limit > 0) {
                crew.run(this::find);
            }
            merged = Optional.of(new TopN(
                    new Candidates(found, RowPosition.behind(pipeline.layout())), allKeys(), skip, limit, context));
        }
        if (!merged.get().advance()) {
            return false;
        }
        RowBatch rows = merged.get().batch();
        batch = rows.withColumns(rows.columns().subList(0, pipeline.layout().width()));
        return true;
    }

    /** One thread's work. */
    private void find() {
        Pipeline.Copy copy = pipeline.copies().apply(Reading.BESIDE_OTHERS);
        TopN first = new TopN(new RowPosition(copy), allKeys(), 0, skip + limit, reader, context);
        try {
            if (first.advance()) {
                synchronized (found) {
                    found.add(first);
                }
            } else {
                first.close();
            }
        } catch (RuntimeException | Error failed) {
            first.close();
            throw failed;
        }
    }

    /** The keys, and then the position in the table. */
    private List<SortSpec> allKeys() {
        List<SortSpec> all = new ArrayList<>(keys.get());
        int position = pipeline.layout().width();
        all.add(new SortSpec(rows -> rows.column(position), false));
        return all;
    }

    /** The rows that the threads found, one thread after the other. */
    private static final class Candidates implements Operator {
        private final List<TopN> found;
        private final RowLayout layout;
        private int current;
        private boolean atFirst = true;

        Candidates(List<TopN> found, RowLayout layout) {
            this.found = found;
            this.layout = layout;
        }

        @Override
        public RowLayout layout() {
            return layout;
        }

        @Override
        public boolean advance() {
            while (current < found.size()) {
                if (atFirst || found.get(current).advance()) {
                    atFirst = false;
                    return true;
                }
                found.get(current++).close();
                atFirst = true;
            }
            return false;
        }

        @Override
        public RowBatch batch() {
            return found.get(current).batch();
        }

        @Override
        public void close() {
            found.forEach(TopN::close);
        }
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public long spilledBytes() {
        return found.stream().mapToLong(TopN::spilledBytes).sum()
                + merged.map(TopN::spilledBytes).orElse(0L);
    }

    @Override
    public void close() {
        pipeline.scan().close();
        found.forEach(TopN::close);
        merged.ifPresent(TopN::close);
    }
}
