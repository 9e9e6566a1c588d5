package io.spangraph.engine.exec.spill;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads the rows of a {@link SpillFile} from the first one on, a block at a time. */
public final class SpillReader implements AutoCloseable {
    private final SpillFile file;
    private final QueryContext context;
    private final HeldMemory memory;
    private final byte[] header = new byte[SpillFile.HEADER_BYTES + BlockInput.PADDING];
    private byte[] buffer = new byte[0];
    private long held;
    private long position;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    SpillReader(SpillFile file, QueryContext context, HeldMemory memory) {
        this.file = file;
        this.context = context;
        this.memory = memory;
    }

    /** Moves to the next rows; false at the end. */
    public boolean advance() {
        context.cancellation().poll();
        if (position >= file.bytes()) {
            return false;
        }
        if (buffer.length == 0) {
            // What a block takes as vectors is about what it takes as bytes, and seldom twice as much.
            long needed = 3L * (file.longestBlock() + BlockInput.PADDING);
            memory.reserve(needed);
            held = needed;
            buffer = new byte[file.longestBlock() + BlockInput.PADDING];
        }
        file.read(header, SpillFile.HEADER_BYTES, position);
        BlockInput in = new BlockInput(header, 0);
        int length = (int) in.readPacked(Integer.BYTES);
        int rows = (int) in.readPacked(Integer.BYTES);
        int expected = (int) in.readPacked(Integer.BYTES);
        if (length < 0 || length > file.longestBlock() || rows < 0 || rows > RowBatch.TARGET_ROWS) {
            throw damaged();
        }
        file.read(buffer, length, position + SpillFile.HEADER_BYTES);
        CRC32C checksum = new CRC32C();
        checksum.update(buffer, 0, length);
        if ((int) checksum.getValue() != expected) {
            throw damaged();
        }
        position += SpillFile.HEADER_BYTES + (long) length;
        batch = decode(rows);
        return true;
    }

    private RowBatch decode(int rows) {
        BlockInput in = new BlockInput(buffer, 0);
        List<Vector> columns = new ArrayList<>(file.width());
        for (int column = 0; column < file.width(); column++) {
            columns.add(VectorReader.read(in, rows));
        }
        return RowBatch.of(columns, rows);
    }

    static QueryException damaged() {
        return QueryException.of(
                        QueryErrorCode.STORAGE_CORRUPT,
                        "A file of rows put aside in spill.directory is damaged: its checksum does not fit.")
                .withHint("Look at the disk of spill.directory, then run the query again.");
    }

    /** The rows that the last {@link #advance()} moved to; they stay valid. */
    public RowBatch batch() {
        return batch;
    }

    /** Gives the buffers back; the file stays. */
    @Override
    public void close() {
        memory.release(held);
        held = 0;
        buffer = new byte[0];
        batch = RowBatch.of(List.of(), 0);
        position = Long.MAX_VALUE;
    }
}
