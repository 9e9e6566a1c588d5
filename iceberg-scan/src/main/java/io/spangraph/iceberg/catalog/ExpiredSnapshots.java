package io.spangraph.iceberg.catalog;

import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.LinkedFiles;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.engine.spi.TableSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells a snapshot that expired while it was read from a file that was lost: who expires snapshots takes them from the
 * table's metadata first and deletes their files then, so the catalog knows.
 */
public final class ExpiredSnapshots {
    private final Tables tables;

    public ExpiredSnapshots(Tables tables) {
        this.tables = tables;
    }

    /** Does something with a snapshot. */
    public <T> T watch(TableState table, TableSnapshot snapshot, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (QueryException e) {
            throw explained(table, snapshot, e);
        }
    }

    /** Reads a snapshot. */
    public BatchCursor watch(TableState table, TableSnapshot snapshot, BatchCursor cursor) {
        return new BatchCursor() {
            @Override
            public boolean advance() {
                try {
                    return cursor.advance();
                } catch (QueryException e) {
                    throw explained(table, snapshot, e);
                }
            }

            @Override
            public RowBatch batch() {
                return cursor.batch();
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }

    /** Reads a snapshot in parts. */
    public ScanParts watch(TableState table, TableSnapshot snapshot, ScanParts parts) {
        return new ScanParts() {
            @Override
            public Optional<BatchCursor> next() {
                try {
                    return parts.next().map(cursor -> watch(table, snapshot, cursor));
                } catch (QueryException e) {
                    throw explained(table, snapshot, e);
                }
            }

            @Override
            public void close() {
                parts.close();
            }
        };
    }

    /** Makes links of a snapshot's files. */
    public LinkedFiles watch(TableState table, TableSnapshot snapshot, LinkedFiles files) {
        return new LinkedFiles() {
            @Override
            public int count() {
                return files.count();
            }

            @Override
            public OfFile links(int which) {
                return ExpiredSnapshots.this.watch(table, snapshot, () -> files.links(which));
            }

            @Override
            public void close() {
                files.close();
            }
        };
    }

    private QueryException explained(TableState table, TableSnapshot snapshot, QueryException error) {
        if (snapshot.snapshotId().isEmpty() || !StorageErrors.isMissing(error)) {
            return error;
        }
        long id = snapshot.snapshotId().getAsLong();
        try {
            boolean isThere = tables.find(table.name(), Duration.ZERO)
                    .filter(now -> now.metadata().uuid().equals(table.metadata().uuid()))
                    .filter(now -> now.metadata().snapshot(id) != null)
                    .isPresent();
            return isThere ? error : StorageErrors.expired(table.name(), id).causedBy(error);
        } catch (QueryException unreachable) {
            return error;
        }
    }
}
