package io.spangraph.engine.context;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where operators put rows that do not fit into a query's memory: files of this process alone, bounded in bytes for all
 * queries together. A file belongs to one operator of one query, and is gone when it is closed.
 */
public final class SpillSpace implements AutoCloseable {
    /** No room: an operator that outgrows the memory limit ends its query. */
    public static final SpillSpace NONE = new SpillSpace(Optional.empty(), 0);

    /** Left free on the disk, for others. */
    private static final long KEPT_FREE = 256L << 20;
    /** The disk is asked for its free space once in so many bytes. */
    private static final long LOOK_EVERY = 64L << 20;

    private final Optional<SpillFolder> folder;
    private final long maxBytes;
    private final AtomicLong inUse = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong queries = new AtomicLong();

    private SpillSpace(Optional<SpillFolder> folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /**
     * A space in a directory, which is created if need be; what processes that ended left there is deleted.
     *
     * @param maxBytes 0 for a space without room, which leaves the directory alone
     * @throws IOException if the directory cannot be used; the message says why
     */
    public static SpillSpace open(Path directory, long maxBytes) throws IOException {
        return maxBytes == 0 ? NONE : new SpillSpace(Optional.of(SpillFolder.open(directory)), maxBytes);
    }

    /** What all queries together may put here. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Whether operators may put rows here at all. */
    public boolean isAvailable() {
        return maxBytes > 0;
    }

    /** An empty file without a name that anyone else could find it by; closing the channel deletes it. */
    public FileChannel newFile() {
        SpillFolder open =
                folder.orElseThrow(() -> new IllegalStateException("a file in a space without room for any"));
        try {
            requireFreeDisk(open);
            return open.newFile();
        } catch (IOException failed) {
            throw failure("create", failed);
        }
    }

    /**
     * Counts bytes that are about to be written, or throws {@link QueryErrorCode#SPILL_LIMIT}.
     *
     * @param query the budget of the query that they belong to
     */
    public void reserve(long bytes, MemoryBudget query) {
        if (inUse.addAndGet(bytes) > maxBytes) {
            inUse.addAndGet(-bytes);
            throw QueryException.of(
                            QueryErrorCode.SPILL_LIMIT,
                            "Queries together would put more than " + maxBytes
                                    + " bytes of rows aside on disk (spill.bytes).")
                    .withHint("Narrow the query, try again when others have ended, or raise spill.bytes; with more"
                            + " limits.memory less is put aside.");
        }
        long before = written.getAndAdd(bytes);
        if (before / LOOK_EVERY != (before + bytes) / LOOK_EVERY) {
            try {
                requireFreeDisk(folder.orElseThrow());
            } catch (IOException | QueryException failed) {
                release(bytes);
                throw failed instanceof QueryException full ? full : failure("measure", (IOException) failed);
            }
        }
        if (query.noteSpilled(bytes)) {
            queries.incrementAndGet();
        }
    }

    /** Gives back what a file took that is deleted. */
    public void release(long bytes) {
        inUse.addAndGet(-bytes);
    }

    private static void requireFreeDisk(SpillFolder folder) throws IOException {
        if (folder.freeBytes() < KEPT_FREE) {
            throw diskFull();
        }
    }

    private static QueryException diskFull() {
        return QueryException.of(
                        QueryErrorCode.SPILL_LIMIT,
                        "The disk of spill.directory is full: no more rows can be put aside.")
                .withHint("Free some space or let spill.directory name a larger disk; spill.bytes bounds what queries"
                        + " put there. With more limits.memory less is put aside.");
    }

    /** The error for a file of this space that could not be used. */
    public static QueryException failure(String what, IOException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("quota") || message.contains("not enough space")) {
            return diskFull().causedBy(cause);
        }
        return QueryException.of(
                        QueryErrorCode.STORAGE_UNAVAILABLE,
                        "Could not " + what + " a file of rows put aside in spill.directory.")
                .withHint("Look at the disk of spill.directory.")
                .causedBy(cause);
    }

    /** What the files of all queries take now. */
    public long bytesInUse() {
        return inUse.get();
    }

    /** What was written since the start. */
    public long bytesWritten() {
        return written.get();
    }

    /** Queries that put rows aside since the start. */
    public long queries() {
        return queries.get();
    }

    /** Deletes what is left; queries that still run fail at their next file. */
    @Override
    public void close() {
        folder.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }
}
