package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.List;

/**
 * Groups its whole input and computes aggregates of each group. Without columns to group by there is exactly one group,
 * also over no rows. Groups come in the order of their first rows.
 */
public final class HashAggregate implements Operator {
    private final AggregateInput input;
    private final Grouping grouping;
    private final QueryContext context;
    private final GroupTable table;
    private boolean drained;
    private int emitted;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    public HashAggregate(AggregateInput input, Grouping grouping, QueryContext context) {
        this.input = input;
        this.grouping = grouping;
        this.context = context;
        this.table = GroupTable.of(grouping, context);
    }

    /** An aggregation of the rows of one operator. */
    public HashAggregate(Operator input, Grouping grouping, QueryContext context) {
        this(new SequentialInput(input, context), grouping, context);
    }

    /** Adds the batches of an operator one after the other. */
    private record SequentialInput(Operator input, QueryContext context) implements AggregateInput {
        @Override
        public void drainInto(GroupTable table) {
            while (input.advance()) {
                context.cancellation().poll();
                table.add(input.batch());
            }
            input.close();
        }

        @Override
        public void close() {
            input.close();
        }
    }

    @Override
    public RowLayout layout() {
        return grouping.layout();
    }

    @Override
    public boolean advance() {
        if (!drained) {
            drained = true;
            input.drainInto(table);
        }
        context.cancellation().poll();
        int count = Math.min(RowBatch.TARGET_ROWS, table.groups() - emitted);
        if (count == 0) {
            return false;
        }
        batch = table.results(emitted, emitted + count);
        emitted += count;
        return true;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        try {
            input.close();
        } finally {
            table.close();
        }
    }
}
