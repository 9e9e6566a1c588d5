package io.spangraph.iceberg.read;

import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.iceberg.cache.ScanCache.Cached;
import io.spangraph.iceberg.cache.ScanCache.Key;
import io.spangraph.iceberg.cache.ScanCache.Kind;
import io.spangraph.iceberg.catalog.TableState;
import io.spangraph.iceberg.parquet.Dictionary;
import io.spangraph.iceberg.parquet.ParquetFile;
import io.spangraph.iceberg.plan.PlannedFile;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.DeleteLoader;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.ContentFileUtil;

/** Drops the rows of a file that its position deletes, deletion vectors and equality deletes name. */
public final class DeletedRows extends GenericDeleteFilter {
    private final int schemaId;
    private final Set<Integer> equalityFieldIds;
    private final ScanCache cache;
    private final ScanMonitor monitor;

    public DeletedRows(
            FileIO io, TableState table, PlannedFile file, Schema requested, ScanCache cache, ScanMonitor monitor) {
        super(io, file.task(table), table.schema(), requested);
        this.schemaId = table.schema().schemaId();
        this.equalityFieldIds = file.deletes().stream()
                .filter(delete -> delete.content() == FileContent.EQUALITY_DELETES)
                .flatMap(delete -> delete.equalityFieldIds().stream())
                .collect(Collectors.toSet());
        this.cache = cache;
        this.monitor = monitor;
    }

    /** The columns by which rows are deleted. */
    public Set<Integer> equalityFieldIds() {
        return equalityFieldIds;
    }

    @Override
    protected DeleteLoader newDeleteLoader() {
        return new CachingLoader(this::loadInputFile, columns(), cache, monitor);
    }

    /** What equality deletes are kept by: Iceberg loads them with the columns and the order of who reads them. */
    private String columns() {
        return schemaId
                + requiredSchema().columns().stream()
                        .map(NestedField::fieldId)
                        .filter(equalityFieldIds::contains)
                        .map(id -> "," + id)
                        .collect(Collectors.joining());
    }

    /** What Iceberg made of a delete file, with the size that it gave. */
    private record Loaded(Object value, long heapBytes) implements Cached {}

    private static final class CachingLoader extends BaseDeleteLoader {
        private final Function<DeleteFile, InputFile> open;
        private final String columns;
        private final ScanCache cache;
        private final ScanMonitor monitor;

        CachingLoader(Function<DeleteFile, InputFile> open, String columns, ScanCache cache, ScanMonitor monitor) {
            super(open);
            this.open = open;
            this.columns = columns;
            this.cache = cache;
            this.monitor = monitor;
        }

        @Override
        public PositionDeleteIndex loadPositionDeletes(Iterable<DeleteFile> deletes, CharSequence path) {
            if (ContentFileUtil.containsSingleDV(deletes)) {
                DeleteFile vector = deletes.iterator().next();
                return DeletionVector.read(vector, open.apply(vector), path);
            }
            deletes.forEach(this::verify);
            return super.loadPositionDeletes(deletes, path);
        }

        /** Of what is not kept, Iceberg skips row groups by dictionaries, which it does not hold against checksums. */
        private void verify(DeleteFile delete) {
            if (delete.format() != FileFormat.PARQUET || canCache(delete.recordCount())) {
                return;
            }
            long length = delete.fileSizeInBytes();
            try (StorageRanges storage = new StorageRanges(open.apply(delete), length, 0)) {
                Dictionary.verify(
                        storage,
                        ParquetFile.read(storage),
                        leaf -> leaf.fieldId().orElse(-1) == MetadataColumns.DELETE_FILE_PATH.fieldId());
            }
        }

        @Override
        protected boolean canCache(long size) {
            return cache.keeps(Kind.DELETES) && cache.fits(size);
        }

        @Override
        @SuppressWarnings("unchecked")
        protected <V> V getOrLoad(String key, Supplier<V> load, long size) {
            Key kept = new Key(Kind.DELETES, columns + " " + key, -1, -1);
            Loaded loaded = cache.get(kept, monitor, () -> new Loaded(load.get(), size));
            return (V) loaded.value();
        }
    }
}
