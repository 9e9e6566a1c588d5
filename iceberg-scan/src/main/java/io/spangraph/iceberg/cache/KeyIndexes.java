package io.spangraph.iceberg.cache;

import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.iceberg.cache.ScanCache.Key;
import io.spangraph.iceberg.cache.ScanCache.Kind;
import io.spangraph.iceberg.cache.ScanCache.Reservation;
import io.spangraph.iceberg.parquet.ChunkReader;
import io.spangraph.iceberg.parquet.ColumnChunk;
import io.spangraph.iceberg.parquet.DecodeCounts;
import io.spangraph.iceberg.parquet.Dictionary;
import io.spangraph.iceberg.parquet.Leaf;
import io.spangraph.iceberg.parquet.ParquetFile;
import io.spangraph.iceberg.parquet.RangeReader;
import io.spangraph.iceberg.parquet.RowGroup;
import io.spangraph.iceberg.parquet.RowRanges;
import io.spangraph.iceberg.parquet.Scratch;
import java.util.Optional;

/**
 * When key indexes are built: at the second scan that looks up keys in a column of a file, since many files are asked only
 * once, and only where they leave most of the cache to the rest.
 */
public final class KeyIndexes {
    /** Rows that are decoded at a time: what is needed beside the index stays small. */
    private static final int WINDOW = 1 << 16;

    /** Buffers of the decoder and values of a window. */
    private static final long WORKING_BYTES = 8L << 20;

    private final ScanCache cache;
    private final KeyHash hash;

    public KeyIndexes(ScanCache cache) {
        this(cache, KeyHash.STANDARD);
    }

    KeyIndexes(ScanCache cache, KeyHash hash) {
        this.cache = cache;
        this.hash = hash;
    }

    /**
     * What a look-up needs to know of the file and how it reads it.
     *
     * @param name path and length, as in the keys of the cache
     */
    public record IndexedColumn(
            String name,
            int fieldId,
            ParquetFile footer,
            Leaf leaf,
            RangeReader file,
            ScanMonitor monitor,
            Scratch scratch,
            DecodeCounts counts) {}

    /** Whether values of the column can be keys. */
    public static boolean canIndex(Leaf leaf) {
        return leaf.flat()
                && switch (leaf.physical()) {
                    case INT32, INT64, BYTE_ARRAY, FIXED -> true;
                    case BOOLEAN, INT96, FLOAT, DOUBLE -> false;
                };
    }

    /**
     * The index, if there is one by now or if it is built here, which reads the whole column. To be asked when a look-up
     * would have to read a whole chunk otherwise.
     */
    @SuppressWarnings("try") // closed early, too, when what it holds the room for is there
    public Optional<KeyIndex> of(IndexedColumn column) {
        Key key = new Key(Kind.KEY_INDEX, column.name(), -1, column.fieldId());
        if (!cache.keeps(Kind.KEY_INDEX) || !canIndex(column.leaf())) {
            return Optional.empty();
        }
        Optional<KeyIndex> kept = cache.peek(key, KeyIndex.class);
        if (kept.isPresent()) {
            return Optional.of(cache.get(key, column.monitor(), kept::get));
        }
        if (!isWorthBuilding(key, column)) {
            return Optional.empty();
        }
        Optional<Reservation> room = cache.reserve(buildingBytes(column));
        if (room.isEmpty()) {
            return Optional.empty();
        }
        try (Reservation building = room.get()) {
            return Optional.of(cache.get(key, column.monitor(), () -> {
                KeyIndex built = build(column);
                // What was reserved for building is now to hold the index itself.
                building.close();
                return built;
            }));
        }
    }

    private boolean isWorthBuilding(Key key, IndexedColumn column) {
        return column.footer().rows() <= Integer.MAX_VALUE - 8
                && cache.fits(buildingBytes(column))
                && cache.usedBefore(key, column.monitor());
    }

    private static long buildingBytes(IndexedColumn column) {
        return KeyIndex.heapBytes(column.footer().rows()) + WORKING_BYTES;
    }

    private KeyIndex build(IndexedColumn column) {
        KeyIndex.Builder builder =
                new KeyIndex.Builder(hash, Math.toIntExact(column.footer().rows()));
        for (RowGroup group : column.footer().rowGroups()) {
            ColumnChunk chunk = group.chunks().get(column.leaf().index());
            try (ChunkReader reader = new ChunkReader(
                    column.file(),
                    chunk,
                    Optional.empty(),
                    () -> Dictionary.read(column.file(), chunk, column.scratch(), column.counts()),
                    column.scratch(),
                    column.counts())) {
                reader.readAhead(RowRanges.all(group.rows()));
                for (long from = 0; from < group.rows(); from += WINDOW) {
                    column.monitor().cancellation().poll();
                    builder.add(reader.read(RowRanges.of(from, Math.min(group.rows(), from + WINDOW))));
                }
            }
        }
        return builder.build();
    }
}
