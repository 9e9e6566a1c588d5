package io.spangraph.engine.exec.walk;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.exec.walk.Destinations.Purpose;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * For each row of the input, which binds both ends, the shortest walk between them or all walks of that length. Input rows
 * without a walk give no row.
 */
public final class ShortestPathOperator implements Operator {
    private final Operator input;
    private final Operator edges;
    private final Operator steps;
    private final Optional<Operator> trustedSteps;
    private final WalkSpec spec;
    private final boolean all;
    private final QueryContext context;
    private final HeldMemory memory;
    private final HeldMemory batchMemory;
    private final FoundWalks found;
    private Optional<Running> running = Optional.empty();
    private boolean started;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /** The search, and what makes rows of its walks. */
    private record Running(ShortestSearch search, WalkBatches batches) {}

    /**
     * A search over the inputs, which the operator closes.
     *
     * @param trustedSteps as in {@link WalkInputs}
     * @param spec with {@code to} bound by the input too, so that the list of nodes takes its last from there; {@code min}
     *     is 0 or 1, as a shortest walk of more edges is none
     * @param all every shortest walk, not any one
     */
    public ShortestPathOperator(
            Operator input,
            Operator edges,
            Operator steps,
            Optional<Operator> trustedSteps,
            WalkSpec spec,
            boolean all,
            QueryContext context) {
        if (spec.min() > 1) {
            throw new IllegalArgumentException("shortest walks of at least " + spec.min() + " edges");
        }
        this.input = input;
        this.edges = edges;
        this.steps = steps;
        this.trustedSteps = trustedSteps;
        this.spec = spec;
        this.all = all;
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "ShortestPath");
        this.batchMemory = new HeldMemory(context.memory(), "ShortestPath");
        this.found = new FoundWalks(RowBatch.TARGET_ROWS, memory);
    }

    @Override
    public RowLayout layout() {
        return spec.output();
    }

    @Override
    public boolean advance() {
        if (!started) {
            started = true;
            running = start();
        }
        batchMemory.close();
        found.clear();
        running.ifPresent(current -> current.search().find());
        if (found.size() == 0) {
            return false;
        }
        batch = running.orElseThrow().batches().of(found, batchMemory);
        return true;
    }

    private Optional<Running> start() {
        RowLayout layout = input.layout();
        RowStore pairs = WalkGraph.readAll(input, context, memory);
        if (pairs.rows() == 0) {
            return Optional.empty();
        }
        spec.narrowings().forEach(narrowing -> WalkGraph.narrow(pairs, layout, narrowing, false));
        WalkEdges read = WalkEdges.read(edges, spec, trustedSteps.isPresent(), context, memory);
        Purpose passing = new Purpose(true, spec.between().isPresent(), false);
        Destinations between = new Destinations(spec, read, spec.step(), passing, context, memory);
        between.read(steps, trustedSteps);
        VertexLinks ends = new VertexLinks(spec, read, spec.to(), memory);
        IntList standIns = new IntList(memory);
        VertexLinks starts = new VertexLinks(spec, read, spec.from(), memory);
        for (int from = 0; from < pairs.rows(); from += RowBatch.TARGET_ROWS) {
            context.cancellation().poll();
            int to = Math.min(pairs.rows(), from + RowBatch.TARGET_ROWS);
            RowBatch part = pairs.gather(IntStream.range(from, to).toArray());
            starts.addSources(part, layout);
            ends.addEnds(part, layout);
            for (int standIn : between.standIns(spec.to(), part, layout)) {
                standIns.add(standIn);
            }
        }
        ShortestSearch.Pairs pairEnds =
                new ShortestSearch.Pairs(pairs.rows(), starts, ends, standIns, row -> isSameRow(pairs, layout, row));
        return Optional.of(new Running(
                new ShortestSearch(spec, all, pairEnds, read, between, found, context.cancellation(), memory),
                new WalkBatches(
                        new WalkBatches.Parts(pairs, layout, pairs, layout, read.rows(), between.rows()),
                        spec,
                        memory)));
    }

    /** One row, or one vertex that has no row and exists by trust. */
    private boolean isSameRow(RowStore pairs, RowLayout layout, int pair) {
        ColumnId type = new ColumnId(spec.from(), new EntityField.TypeName());
        return !at(pairs, layout, pair, type).isNull()
                && layout.columns().stream()
                        .filter(column -> column.variable().equals(spec.from()) && isIdentity(column.field()))
                        .allMatch(column -> at(pairs, layout, pair, column)
                                .equals(at(pairs, layout, pair, new ColumnId(spec.to(), column.field()))));
    }

    private static boolean isIdentity(EntityField field) {
        return StandIns.isIdentity(field) || field instanceof EntityField.Row;
    }

    private static Value at(RowStore rows, RowLayout layout, int row, ColumnId column) {
        OptionalInt position = layout.positionOf(column);
        return position.isPresent() ? rows.value(row, position.getAsInt()) : Value.NULL;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        Closing.all(
                input::close,
                edges::close,
                steps::close,
                () -> trustedSteps.ifPresent(Operator::close),
                batchMemory::close,
                memory::close);
    }
}
