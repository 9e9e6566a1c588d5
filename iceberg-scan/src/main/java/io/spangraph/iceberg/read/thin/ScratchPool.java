package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.parquet.Scratch;
import java.util.concurrent.ArrayBlockingQueue;

/** Decoding buffers, lent to one thread at a time: as many are kept as threads can decode at once. */
final class ScratchPool {
    private final ArrayBlockingQueue<Scratch> idle =
            new ArrayBlockingQueue<>(Math.max(2, Runtime.getRuntime().availableProcessors()));

    Scratch take() {
        Scratch scratch = idle.poll();
        return scratch == null ? new Scratch() : scratch;
    }

    /** Takes it back; beyond those that are kept its buffers are freed. */
    void give(Scratch scratch) {
        if (!idle.offer(scratch)) {
            scratch.close();
        }
    }
}
