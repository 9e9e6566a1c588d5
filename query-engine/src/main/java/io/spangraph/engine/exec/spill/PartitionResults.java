package io.spangraph.engine.exec.spill;

import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import java.util.Optional;
import java.util.function.Function;

/** What an operator makes of each partition of the rows that it had to put aside, one after the other. */
public final class PartitionResults implements AutoCloseable {
    private final SpillPartitions partitions;
    private final Function<SpillFile, Operator> each;
    private int next;
    private long spilledBelow;
    private Optional<Operator> current = Optional.empty();

    /**
     * The results of partitions that are finished, and closed with this.
     *
     * @param each makes the operator over the rows of one partition, which deletes them when it is closed
     */
    public PartitionResults(SpillPartitions partitions, Function<SpillFile, Operator> each) {
        this.partitions = partitions;
        this.each = each;
    }

    /** Moves to the next batch; false at the end of the last partition. */
    public boolean advance() {
        while (true) {
            if (current.isPresent()) {
                if (current.get().advance()) {
                    return true;
                }
                closeCurrent();
            }
            if (next == SpillPartitions.FAN_OUT) {
                return false;
            }
            current = partitions.take(next++).map(each);
        }
    }

    public RowBatch batch() {
        return current.orElseThrow().batch();
    }

    /** What was put aside, again and again. */
    public long spilledBytes() {
        return partitions.bytes()
                + spilledBelow
                + current.map(Operator::spilledBytes).orElse(0L);
    }

    private void closeCurrent() {
        Optional<Operator> ended = current;
        current = Optional.empty();
        ended.ifPresent(operator -> {
            spilledBelow += operator.spilledBytes();
            operator.close();
        });
    }

    @Override
    public void close() {
        next = SpillPartitions.FAN_OUT;
        Closing.all(this::closeCurrent, partitions::close);
    }
}
