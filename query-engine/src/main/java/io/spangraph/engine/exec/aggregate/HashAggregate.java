package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.spill.PartitionResults;
import io.spangraph.engine.exec.spill.SpillFile;
import io.spangraph.engine.exec.spill.SpillReader;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.List;
import java.util.Optional;

/**
 * Groups its whole input and computes aggregates of each group. Without columns to group by there is exactly one group,
 * also over no rows. Groups come in the order of their first rows; those that did not fit into memory come last.
 */
public final class HashAggregate implements Operator {
    private final AggregateInput input;
    private final Grouping grouping;
    private final QueryContext context;
    private final int depth;
    /** Let go when its groups were handed out. */
    private Optional<GroupTable> table;

    private Optional<SpilledGroups> spilled = Optional.empty();
    private Optional<PartitionResults> partitions = Optional.empty();
    private boolean drained;
    private int emitted;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    public HashAggregate(AggregateInput input, Grouping grouping, QueryContext context) {
        this(input, grouping, context, 0);
    }

    private HashAggregate(AggregateInput input, Grouping grouping, QueryContext context, int depth) {
        this.input = input;
        this.grouping = grouping;
        this.context = context;
        this.depth = depth;
        this.table = Optional.of(GroupTable.ofSpilled(grouping, context, depth));
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
        context.cancellation().poll();
        if (!drained) {
            drained = true;
            GroupTable groups = table.orElseThrow();
            input.drainInto(groups);
            spilled = groups.spilled();
        }
        return table.isPresent() && advanceGroups(table.get())
                || partitions.isPresent() && advancePartitions(partitions.get());
    }

    private boolean advanceGroups(GroupTable groups) {
        int count = Math.min(RowBatch.TARGET_ROWS, groups.groups() - emitted);
        if (count > 0) {
            batch = groups.results(emitted, emitted + count);
            emitted += count;
            return true;
        }
        table = Optional.empty();
        groups.close();
        partitions = spilled.map(rows -> new PartitionResults(rows.finish(), this::ofPartition));
        return false;
    }

    private Operator ofPartition(SpillFile rows) {
        return new HashAggregate(new SpilledInput(rows), grouping, context, depth + 1);
    }

    /** Adds rows that were put aside, and deletes them. */
    private record SpilledInput(SpillFile rows) implements AggregateInput {
        @Override
        public void drainInto(GroupTable table) {
            try (SpillReader reader = rows.read()) {
                while (reader.advance()) {
                    table.add(reader.batch());
                }
            }
            rows.close();
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    private boolean advancePartitions(PartitionResults results) {
        if (!results.advance()) {
            return false;
        }
        batch = results.batch();
        return true;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public long spilledBytes() {
        long here = partitions
                .map(PartitionResults::spilledBytes)
                .orElseGet(() -> spilled.map(SpilledGroups::bytes).orElse(0L));
        return here + (partitions.isPresent() ? spilled.orElseThrow().bytesReadAgain() : 0);
    }

    @Override
    public void close() {
        Closing.all(
                input::close,
                () -> table.ifPresent(GroupTable::close),
                () -> partitions.ifPresent(PartitionResults::close),
                () -> spilled.ifPresent(SpilledGroups::close));
    }
}
