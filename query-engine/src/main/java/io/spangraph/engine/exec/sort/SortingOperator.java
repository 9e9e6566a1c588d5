package io.spangraph.engine.exec.sort;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.List;
import java.util.Optional;

/** What operators have in common that read all rows before they hand out the first, in order. */
abstract sealed class SortingOperator implements Operator permits Sort, TopN, TopNOfEach {
    private final Operator input;
    private final QueryContext context;
    private final SortBuffer buffer;
    private Optional<SortedRows> sorted = Optional.empty();
    private RowBatch batch = RowBatch.of(List.of(), 0);

    SortingOperator(Operator input, List<SortSpec> keys, QueryContext context, String name) {
        this.input = input;
        this.context = context;
        this.buffer = new SortBuffer(input.layout().width(), keys, context, name);
    }

    /** Adds the rows of a batch that may be among the answer. */
    abstract void add(RowBatch rows);

    /** What is handed out, when all rows were added. */
    abstract SortedRows finish();

    /** Whether the input is read at all. */
    abstract boolean readsInput();

    final SortBuffer buffer() {
        return buffer;
    }

    @Override
    public final RowLayout layout() {
        return input.layout();
    }

    @Override
    public final boolean advance() {
        context.cancellation().poll();
        if (sorted.isEmpty()) {
            sorted = Optional.of(drain());
        }
        SortedRows rows = sorted.get();
        if (!rows.advance()) {
            return false;
        }
        batch = rows.batch();
        return true;
    }

    private SortedRows drain() {
        if (!readsInput()) {
            return new HeldRows(buffer, new int[0]);
        }
        while (input.advance()) {
            context.cancellation().poll();
            add(input.batch());
        }
        input.close();
        return finish();
    }

    @Override
    public final RowBatch batch() {
        return batch;
    }

    @Override
    public final long spilledBytes() {
        return buffer.spilledBytes();
    }

    @Override
    public final void close() {
        Closing.all(input::close, buffer::close);
    }
}
