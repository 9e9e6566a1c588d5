package io.spangraph.engine.exec.spill;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows split by a hash of their key into files, each of which can be handled by itself: rows of one key lie in one file, in
 * the order in which they came.
 */
public final class SpillPartitions implements AutoCloseable {
    private static final int FAN_OUT_BITS = 4;

    /** Into how many files rows are split. */
    public static final int FAN_OUT = 1 << FAN_OUT_BITS;

    /** How often rows are split again before only the memory limit is left; keys beyond that differ in nothing but hash. */
    public static final int MAX_DEPTH = 6;

    /** Batches of fewer rows are collected first. */
    private static final int MIN_ROWS = 1024;

    private final int[] keyColumns;
    private final int depth;
    private final QueryContext context;
    private final HeldMemory memory;
    private final @Nullable SpillFile[] files = new SpillFile[FAN_OUT];
    private Optional<RowStore> pending = Optional.empty();
    private final HeldMemory pendingMemory;
    private Optional<SpillPartitions> partners = Optional.empty();
    private long takenBytes;

    /**
     * Empty partitions.
     *
     * @param keyColumns positions of the key in the rows
     * @param depth how often the rows were split before
     * @param memory of the operator, for what is buffered
     */
    public SpillPartitions(int[] keyColumns, int depth, QueryContext context, HeldMemory memory) {
        this.keyColumns = keyColumns.clone();
        this.depth = depth;
        this.context = context;
        this.memory = memory;
        this.pendingMemory = HeldMemory.ofSpilling(context, "Spill");
    }

    /** Rows that lie in a partition for which the other side has no rows are left out from now on. */
    public void onlyWith(SpillPartitions others) {
        partners = Optional.of(others);
    }

    /** Adds the rows at these positions of vectors that lie side by side. */
    public void add(List<Vector> columns, int[] positions) {
        if (positions.length >= MIN_ROWS) {
            flush();
            write(columns, positions);
        } else if (positions.length > 0) {
            RowStore collected = pending.orElseGet(() -> new RowStore(columns.size(), pendingMemory));
            pending = Optional.of(collected);
            collected.append(columns, positions);
            if (collected.rows() >= MIN_ROWS) {
                flush();
            }
        }
    }

    /** Adds the selected rows of a batch. */
    public void add(RowBatch batch) {
        add(batch.columns(), batch.selectedRows());
    }

    private void flush() {
        pending.ifPresent(collected -> {
            RowBatch rows =
                    collected.gather(IntStream.range(0, collected.rows()).toArray());
            pending = Optional.empty();
            pendingMemory.close();
            write(rows.columns(), rows.selectedRows());
        });
    }

    private void write(List<Vector> columns, int[] positions) {
        List<Vector> key = Arrays.stream(keyColumns).mapToObj(columns::get).toList();
        int[] hashes = KeyHashes.of(key, positions, depth);
        int[] ends = new int[FAN_OUT + 1];
        for (int hash : hashes) {
            ends[(hash >>> (Integer.SIZE - FAN_OUT_BITS)) + 1]++;
        }
        for (int partition = 0; partition < FAN_OUT; partition++) {
            ends[partition + 1] += ends[partition];
        }
        int[] starts = ends.clone();
        int[] byPartition = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            byPartition[ends[hashes[i] >>> (Integer.SIZE - FAN_OUT_BITS)]++] = positions[i];
        }
        for (int partition = 0; partition < FAN_OUT; partition++) {
            if (starts[partition] < starts[partition + 1] && hasPartner(partition)) {
                file(partition)
                        .append(columns, Arrays.copyOfRange(byPartition, starts[partition], starts[partition + 1]));
            }
        }
    }

    private boolean hasPartner(int partition) {
        return partners.isEmpty() || partners.get().files[partition] != null;
    }

    private SpillFile file(int partition) {
        SpillFile known = files[partition];
        if (known != null) {
            return known;
        }
        SpillFile fresh = new SpillFile(context, memory);
        files[partition] = fresh;
        return fresh;
    }

    /** Ends adding. */
    public void finish() {
        flush();
        for (SpillFile file : files) {
            if (file != null) {
                file.finish();
            }
        }
    }

    /** The rows of a partition, if it has any; whoever takes them closes them. */
    public Optional<SpillFile> take(int partition) {
        Optional<SpillFile> file = Optional.ofNullable(files[partition]);
        file.ifPresent(taken -> takenBytes += taken.bytes());
        files[partition] = null;
        return file;
    }

    /** What was written, also of partitions that were taken. */
    public long bytes() {
        return takenBytes + open().stream().mapToLong(SpillFile::bytes).sum();
    }

    private List<SpillFile> open() {
        List<SpillFile> open = new ArrayList<>();
        Arrays.stream(files).filter(Objects::nonNull).forEach(open::add);
        return open;
    }

    /** Deletes the partitions that were not taken. */
    @Override
    public void close() {
        pending = Optional.empty();
        pendingMemory.close();
        List<SpillFile> open = open();
        takenBytes = bytes();
        Arrays.fill(files, null);
        SpillFile.closeAll(open);
    }
}
