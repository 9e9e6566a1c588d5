package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.spill.SpillFile;
import io.spangraph.engine.exec.spill.SpillPartitions;
import io.spangraph.engine.exec.spill.SpillReader;
import io.spangraph.engine.row.RowBatch;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rows of groups for which a {@link GroupTable} had no memory any more, split by their keys so that each part can be
 * grouped by itself.
 */
final class SpilledGroups implements AutoCloseable {
    private final Grouping grouping;
    private final int depth;
    private final QueryContext context;
    private final HeldMemory buffers;
    private SpillPartitions partitions;
    private long readAgain;

    /** @param depth how often the rows were split before */
    SpilledGroups(Grouping grouping, int depth, QueryContext context) {
        this.grouping = grouping;
        this.depth = depth;
        this.context = context;
        this.buffers = HeldMemory.ofSpilling(context, "Aggregate");
        this.partitions = newPartitions();
    }

    private SpillPartitions newPartitions() {
        return new SpillPartitions(grouping.identityPositions(), depth, context, buffers);
    }

    void add(RowBatch rows, int[] positions) {
        partitions.add(rows.columns(), positions);
    }

    /** Hands all rows to somebody who may add some of them again. */
    void readAgain(Consumer<RowBatch> reader) {
        SpillPartitions written = partitions;
        written.finish();
        partitions = newPartitions();
        try (written) {
            for (int partition = 0; partition < SpillPartitions.FAN_OUT; partition++) {
                Optional<SpillFile> file = written.take(partition);
                if (file.isPresent()) {
                    readAgain(file.get(), reader);
                }
            }
            readAgain += written.bytes();
        }
    }

    private static void readAgain(SpillFile file, Consumer<RowBatch> reader) {
        try (file;
                SpillReader rows = file.read()) {
            while (rows.advance()) {
                reader.accept(rows.batch());
            }
        }
    }

    /** The parts, when no more rows are added; they are closed with this. */
    SpillPartitions finish() {
        partitions.finish();
        return partitions;
    }

    /** What was written and then left, because the rows were read again. */
    long bytesReadAgain() {
        return readAgain;
    }

    long bytes() {
        return readAgain + partitions.bytes();
    }

    @Override
    public void close() {
        Closing.all(partitions::close, buffers::close);
    }
}
