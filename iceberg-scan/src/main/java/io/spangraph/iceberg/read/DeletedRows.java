package io.spangraph.iceberg.read;

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
    private final DeleteCache cache;

    DeletedRows(FileIO io, TableState table, PlannedFile file, Schema requested, DeleteCache cache) {
        super(io, file.task(table), table.schema(), requested);
        this.schemaId = table.schema().schemaId();
        this.cache = cache;
    }

    @Override
    protected DeleteLoader newDeleteLoader() {
        return new CachingLoader(this::loadInputFile, schemaId, cache);
    }

    /** Equality deletes are kept in the types of the schema that they were read for. */
    private static final class CachingLoader extends BaseDeleteLoader {
        private final int schemaId;
        private final DeleteCache cache;

        CachingLoader(Function<DeleteFile, InputFile> open, int schemaId, DeleteCache cache) {
            super(open);
            this.schemaId = schemaId;
            this.cache = cache;
        }

        @Override
        protected boolean canCache(long size) {
            return cache.fits(size);
        }

        @Override
        protected <V> V getOrLoad(String key, Supplier<V> load, long size) {
            return cache.getOrLoad(schemaId + " " + key, load, size);
        }
    }
}
