package io.spangraph.iceberg.read;

import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.iceberg.cache.ScanCache.Cached;
import io.spangraph.iceberg.cache.ScanCache.Key;
import io.spangraph.iceberg.cache.ScanCache.Kind;
import io.spangraph.iceberg.catalog.TableState;
import io.spangraph.iceberg.plan.PlannedFile;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.DeleteLoader;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;

/** Drops the rows of a file that its position deletes, deletion vectors and equality deletes name. */
final class DeletedRows extends GenericDeleteFilter {
    private final int schemaId;
    private final ScanCache cache;
    private final ScanMonitor monitor;

    DeletedRows(FileIO io, TableState table, PlannedFile file, Schema requested, ScanCache cache, ScanMonitor monitor) {
        super(io, file.task(table), table.schema(), requested);
        this.schemaId = table.schema().schemaId();
        this.cache = cache;
        this.monitor = monitor;
    }

    @Override
    protected DeleteLoader newDeleteLoader() {
        return new CachingLoader(this::loadInputFile, schemaId, cache, monitor);
    }

    /** What Iceberg made of a delete file, with the size that it gave. */
    private record Loaded(Object value, long heapBytes) implements Cached {}

    /** Equality deletes are kept in the types of the schema that they were read for. */
    private static final class CachingLoader extends BaseDeleteLoader {
        private final int schemaId;
        private final ScanCache cache;
        private final ScanMonitor monitor;

        CachingLoader(Function<DeleteFile, InputFile> open, int schemaId, ScanCache cache, ScanMonitor monitor) {
            super(open);
            this.schemaId = schemaId;
            this.cache = cache;
            this.monitor = monitor;
        }

        @Override
        protected boolean canCache(long size) {
            return cache.keeps(Kind.DELETES) && cache.fits(size);
        }

        @Override
        @SuppressWarnings("unchecked")
        protected <V> V getOrLoad(String key, Supplier<V> load, long size) {
            Key kept = new Key(Kind.DELETES, schemaId + " " + key, -1, -1);
            Loaded loaded = cache.get(kept, monitor, () -> new Loaded(load.get(), size));
            return (V) loaded.value();
        }
    }
}
