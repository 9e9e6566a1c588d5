package io.spangraph.engine.spi;

import io.spangraph.engine.row.RowBatch;
import java.util.Optional;

/** Reads the parts of a scan one after the other. One thread advances; any thread may close. */
final class PartsCursor implements BatchCursor {
    private final ScanParts parts;
    private Optional<BatchCursor> current = Optional.empty();

    PartsCursor(ScanParts parts) {
        this.parts = parts;
    }

    @Override
    public boolean advance() {
        while (true) {
            if (current.isEmpty()) {
                current = parts.next();
                if (current.isEmpty()) {
                    return false;
                }
            }
            if (current.get().advance()) {
                return true;
            }
            current.get().close();
            current = Optional.empty();
        }
    }

    @Override
    public RowBatch batch() {
        return current.orElseThrow(() -> new IllegalStateException("there is no batch: advance() was not true"))
                .batch();
    }

    @Override
    public void close() {
        parts.close();
    }
}
