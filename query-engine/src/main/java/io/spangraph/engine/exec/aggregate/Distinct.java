package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.spill.PartitionResults;
import io.spangraph.engine.exec.spill.SpillInput;
import io.spangraph.engine.exec.spill.SpillPartitions;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Passes on the first row of each identity as soon as it comes. Only the identities are kept, so a query with a LIMIT ends
 * early and large columns cost nothing.
 *
 * <p>When memory gets short, no more identities are kept: rows that have none of those go to partitions on disk, each of
 * which is handled by itself at the end.
 */
public final class Distinct implements Operator {
    private final Operator input;
    private final int[] identity;
    private final QueryContext context;
    private final int depth;
    private final HeldMemory memory;
    private final HeldMemory buffers;
    /** Let go when it has seen all of the input. */
    private Optional<KeyIndex> seen;

    private Optional<SpillPartitions> aside = Optional.empty();
    private Optional<PartitionResults> partitions = Optional.empty();
    private int known;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * The different rows of the input; all its columns are passed on.
     *
     * @param identity positions of the columns that tell rows apart: of a node or relationship its type name, tenant and
     *     key only
     */
    public Distinct(Operator input, List<Integer> identity, QueryContext context) {
        this(input, identity.stream().mapToInt(Integer::intValue).toArray(), context, 0);
    }

    private Distinct(Operator input, int[] identity, QueryContext context, int depth) {
        this.input = input;
        this.identity = identity;
        this.context = context;
        this.depth = depth;
        this.memory = depth < SpillPartitions.MAX_DEPTH
                ? HeldMemory.ofSpilling(context, "Distinct")
                : new HeldMemory(context.memory(), "Distinct");
        this.buffers = HeldMemory.ofSpilling(context, "Distinct");
        this.seen = Optional.of(new KeyIndex(identity.length, memory));
    }

    @Override
    public RowLayout layout() {
        return input.layout();
    }

    @Override
    public boolean advance() {
        if (partitions.isPresent()) {
            return advancePartitions(partitions.get());
        }
        while (input.advance()) {
            context.cancellation().poll();
            RowBatch rows = input.batch();
            int[] fresh = freshRows(rows);
            if (aside.isPresent()) {
                aside.get().add(rows.columns(), fresh);
                continue;
            }
            if (memory.shouldSpill()) {
                aside = Optional.of(new SpillPartitions(identity, depth, context, buffers));
            }
            if (fresh.length > 0) {
                batch = rows.select(fresh);
                return true;
            }
        }
        return aside.isPresent() && readPartitions(aside.get());
    }

    /** Rows of an identity that was not seen before; it counts as seen unless memory is short. */
    private int[] freshRows(RowBatch rows) {
        KeyIndex index = seen.orElseThrow();
        int[] positions = rows.selectedRows();
        List<Vector> key = Arrays.stream(identity).mapToObj(rows::column).toList();
        int[] numbers = aside.isPresent() ? index.find(key, positions) : index.add(key, positions);
        int[] fresh = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            if (aside.isPresent()) {
                if (numbers[i] == KeyIndex.ABSENT) {
                    fresh[count++] = positions[i];
                }
            } else if (numbers[i] == known) {
                known++;
                fresh[count++] = positions[i];
            }
        }
        return Arrays.copyOf(fresh, count);
    }

    private boolean readPartitions(SpillPartitions written) {
        input.close();
        written.finish();
        seen = Optional.empty();
        memory.close();
        RowLayout layout = layout();
        PartitionResults results = new PartitionResults(
                written, rows -> new Distinct(new SpillInput(layout, rows, true), identity, context, depth + 1));
        partitions = Optional.of(results);
        return advancePartitions(results);
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
        return partitions
                .map(PartitionResults::spilledBytes)
                .orElseGet(() -> aside.map(SpillPartitions::bytes).orElse(0L));
    }

    @Override
    public void close() {
        Closing.all(
                input::close,
                () -> partitions.ifPresent(PartitionResults::close),
                () -> aside.ifPresent(SpillPartitions::close),
                memory::close,
                buffers::close);
    }
}
