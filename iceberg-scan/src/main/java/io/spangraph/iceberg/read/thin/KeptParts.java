package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.cache.KeyIndex;
import io.spangraph.iceberg.cache.KeyIndexes;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.iceberg.cache.ScanCache.Cached;
import io.spangraph.iceberg.cache.ScanCache.Key;
import io.spangraph.iceberg.cache.ScanCache.Kind;
import io.spangraph.iceberg.parquet.BloomFilter;
import io.spangraph.iceberg.parquet.ColumnChunk;
import io.spangraph.iceberg.parquet.DecodeCounts;
import io.spangraph.iceberg.parquet.Dictionary;
import io.spangraph.iceberg.parquet.KeptPages;
import io.spangraph.iceberg.parquet.Leaf;
import io.spangraph.iceberg.parquet.PageIndex;
import io.spangraph.iceberg.parquet.ParquetFile;
import io.spangraph.iceberg.parquet.RangeReader;
import io.spangraph.iceberg.parquet.Scratch;
import io.spangraph.iceberg.read.FileScan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of one file that are worth keeping, from the cache or from storage. */
final class KeptParts {
    private static final int MOST_BYTES_PER_ROW = 64;
    private static final int MOST_BYTES_PER_PAGE = 2 << 20;

    private final FileScan scan;
    private final ScanCache cache;
    private final String file;

    private record Footer(ParquetFile value, long heapBytes) implements Cached {}

    private record Index(Optional<PageIndex> value, long heapBytes) implements Cached {}

    private record Bloom(Optional<BloomFilter> value, long heapBytes) implements Cached {}

    private record Entries(Optional<Dictionary> value, long heapBytes) implements Cached {}

    private record Unpacked(KeptPages.Page value, long heapBytes) implements Cached {}

    KeptParts(FileScan scan) {
        this.scan = scan;
        this.cache = scan.cache();
        this.file = scan.file().location() + " " + scan.file().file().fileSizeInBytes();
    }

    private Key key(Kind kind, ColumnChunk chunk) {
        return new Key(kind, file, chunk.rowGroup(), chunk.leaf().index());
    }

    ParquetFile footer(RangeReader storage) {
        return cache.get(new Key(Kind.FOOTER, file, -1, -1), scan.monitor(), () -> {
                    ParquetFile footer = ParquetFile.read(storage);
                    return new Footer(footer, footer.heapBytes());
                })
                .value();
    }

    /** Where the pages of the chunks lie; what is not kept yet is read together. */
    Map<ColumnChunk, PageIndex> pageIndexes(RangeReader storage, Collection<ColumnChunk> chunks) {
        Map<ColumnChunk, PageIndex> found = new HashMap<>();
        List<ColumnChunk> missing = new ArrayList<>();
        for (ColumnChunk chunk : chunks) {
            if (chunk.hasPageIndex()) {
                Optional<Index> kept = cache.peek(key(Kind.PAGE_INDEX, chunk), Index.class);
                if (kept.isEmpty()) {
                    missing.add(chunk);
                } else {
                    kept.get().value().ifPresent(index -> found.put(chunk, index));
                    scan.monitor().cacheUse(Kind.PAGE_INDEX.text(), true);
                }
            }
        }
        if (!missing.isEmpty()) {
            Map<ColumnChunk, PageIndex> read = PageIndex.read(storage, missing);
            for (ColumnChunk chunk : missing) {
                Optional<PageIndex> index = Optional.ofNullable(read.get(chunk));
                cache.get(
                        key(Kind.PAGE_INDEX, chunk),
                        scan.monitor(),
                        () -> new Index(index, index.map(PageIndex::heapBytes).orElse(0L)));
            }
            found.putAll(read);
        }
        return found;
    }

    Optional<BloomFilter> bloom(RangeReader storage, ColumnChunk chunk) {
        if (!chunk.hasBloom()) {
            return Optional.empty();
        }
        return cache.get(key(Kind.BLOOM, chunk), scan.monitor(), () -> {
                    Optional<BloomFilter> filter = BloomFilter.header(storage, chunk);
                    return new Bloom(filter, filter.map(BloomFilter::heapBytes).orElse(0L));
                })
                .value();
    }

    Optional<Dictionary> dictionary(RangeReader storage, ColumnChunk chunk, Scratch scratch, DecodeCounts counts) {
        if (!chunk.hasDictionary()) {
            return Optional.empty();
        }
        return cache.get(key(Kind.DICTIONARY, chunk), scan.monitor(), () -> {
                    Optional<Dictionary> entries = Dictionary.read(storage, chunk, scratch, counts);
                    return new Entries(
                            entries, entries.map(Dictionary::heapBytes).orElse(0L));
                })
                .value();
    }

    /** The dictionary if it costs no read. */
    Optional<Dictionary> keptDictionary(ColumnChunk chunk) {
        return cache.peek(key(Kind.DICTIONARY, chunk), Entries.class).flatMap(Entries::value);
    }

    Optional<KeyIndex> keyIndex(
            RangeReader storage, ParquetFile footer, Leaf leaf, Scratch scratch, DecodeCounts counts) {
        return new KeyIndexes(cache)
                .of(new KeyIndexes.IndexedColumn(
                        file, leaf.index(), footer, leaf, storage, scan.monitor(), scratch, counts));
    }

    /** The index if it costs nothing. */
    Optional<KeyIndex> keptKeyIndex(Leaf leaf) {
        Optional<KeyIndex> kept = cache.peek(new Key(Kind.KEY_INDEX, file, -1, leaf.index()), KeyIndex.class);
        if (kept.isPresent()) {
            scan.monitor().cacheUse(Kind.KEY_INDEX.text(), true);
        }
        return kept;
    }

    boolean keepsColumns() {
        return cache.keeps(Kind.COLUMN);
    }

    Optional<DecodedColumn> column(ColumnChunk chunk) {
        return cache.peek(key(Kind.COLUMN, chunk), DecodedColumn.class);
    }

    /** Pages that look-ups come back to; never those of payloads. */
    KeptPages pages(ColumnChunk chunk) {
        long bytesPerRow = chunk.uncompressedBytes() / Math.max(1, chunk.rows());
        return cache.keeps(Kind.PAGE) && bytesPerRow <= MOST_BYTES_PER_ROW ? new PagesInCache(chunk) : KeptPages.NONE;
    }

    private final class PagesInCache implements KeptPages {
        private final ColumnChunk chunk;

        PagesInCache(ColumnChunk chunk) {
            this.chunk = chunk;
        }

        private Key key(int number) {
            return new Key(Kind.PAGE, file, chunk.rowGroup(), chunk.leaf().index(), number);
        }

        @Override
        public Optional<Page> find(int number) {
            Optional<Page> found = cache.peek(key(number), Unpacked.class).map(Unpacked::value);
            if (found.isPresent()) {
                scan.monitor().cacheUse(Kind.PAGE.text(), true);
            }
            return found;
        }

        @Override
        public boolean wants(int number, int bytes) {
            return bytes <= MOST_BYTES_PER_PAGE && cache.usedBefore(key(number), scan.monitor());
        }

        @Override
        public void keep(int number, Page page) {
            cache.get(key(number), scan.monitor(), () -> new Unpacked(page, page.heapBytes()));
        }
    }

    /** Whether the column is read for the second time, so that it is worth to be kept. */
    boolean columnUsedBefore(ColumnChunk chunk) {
        return cache.usedBefore(key(Kind.COLUMN, chunk), scan.monitor());
    }

    void keepColumn(ColumnChunk chunk, DecodedColumn column) {
        cache.get(key(Kind.COLUMN, chunk), () -> column);
    }

    void columnUse(boolean hit) {
        scan.monitor().cacheUse(Kind.COLUMN.text(), hit);
    }

    boolean fits(long bytes) {
        return cache.fits(bytes);
    }
}
