package io.spangraph.engine.exec.walk;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.List;
import java.util.Optional;

/**
 * A row for each walk from each row of the input. The input is read first, so that its scope keys narrow the other scans;
 * then edges and vertices are read into arrays, and walks are found as they are asked for.
 *
 * <p>There can be more walks than anybody will ever count; the deadline and the limits of the query end such a search.
 */
public final class VarExpandOperator implements Operator {
    private final WalkInputs inputs;
    private final WalkSpec spec;
    private final QueryContext context;
    private final HeldMemory memory;
    private final HeldMemory batchMemory;
    private final FoundWalks found;
    private Optional<Running> running = Optional.empty();
    private boolean started;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /** The search, and what makes rows of its walks. */
    private record Running(WalkSearch search, WalkBatches batches) {}

    /** Walks over the inputs, which the operator closes. */
    public VarExpandOperator(WalkInputs inputs, WalkSpec spec, QueryContext context) {
        this.inputs = inputs;
        this.spec = spec;
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "VarExpand");
        this.batchMemory = new HeldMemory(context.memory(), "VarExpand");
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
            running = WalkGraph.read(inputs, spec, context, memory)
                    .map(graph -> new Running(
                            new WalkSearch(graph, found, context.cancellation(), memory),
                            new WalkBatches(graph.parts(), spec, memory)));
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

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        Closing.all(inputs::close, batchMemory::close, memory::close);
    }
}
