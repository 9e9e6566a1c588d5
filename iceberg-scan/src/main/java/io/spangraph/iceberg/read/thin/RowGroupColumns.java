package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.cache.KeyIndex;
import io.spangraph.iceberg.parquet.ChunkReader;
import io.spangraph.iceberg.parquet.ColumnChunk;
import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.DecodeCounts;
import io.spangraph.iceberg.parquet.Dictionary;
import io.spangraph.iceberg.parquet.PageIndex;
import io.spangraph.iceberg.parquet.RangeReader;
import io.spangraph.iceberg.parquet.RowGroup;
import io.spangraph.iceberg.parquet.RowRanges;
import io.spangraph.iceberg.parquet.Scratch;
import io.spangraph.iceberg.read.columns.StoredForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns of one row group that a scan needs, each opened at its first use. For one thread. */
final class RowGroupColumns implements AutoCloseable {
    private final ThinFile file;
    private final RowGroup group;
    private final RangeReader storage;
    private final KeptParts parts;
    private final Scratch scratch;
    private final DecodeCounts counts;
    private final Map<Integer, ChunkSource> sources = new HashMap<>();
    private Map<ColumnChunk, PageIndex> indexes = Map.of();

    RowGroupColumns(
            ThinFile file, RowGroup group, RangeReader storage, KeptParts parts, Scratch scratch, DecodeCounts counts) {
        this.file = file;
        this.group = group;
        this.storage = storage;
        this.parts = parts;
        this.scratch = scratch;
        this.counts = counts;
    }

    ThinFile file() {
        return file;
    }

    RowGroup group() {
        return group;
    }

    KeptParts parts() {
        return parts;
    }

    RangeReader storage() {
        return storage;
    }

    /** How a column is stored, if it lies in the file. */
    Optional<StoredForm> form(int column) {
        return file.columns().column(column) instanceof FileColumn.Stored(StoredForm form)
                ? Optional.of(form)
                : Optional.empty();
    }

    StoredForm storedForm(int column) {
        return form(column).orElseThrow(() -> new IllegalStateException("column " + column + " is a constant"));
    }

    ColumnChunk chunk(int column) {
        return group.chunks().get(storedForm(column).leaf().index());
    }

    /** Reads where the pages of all columns lie that the scan needs, in as few reads as possible. */
    void loadPageIndexes() {
        List<ColumnChunk> chunks = new ArrayList<>();
        for (int column = 0; column < file.columns().size(); column++) {
            if (form(column).isPresent()) {
                chunks.add(chunk(column));
            }
        }
        indexes = parts.pageIndexes(storage, chunks);
    }

    Optional<PageIndex> pageIndex(int column) {
        return Optional.ofNullable(indexes.get(chunk(column)));
    }

    Optional<Dictionary> dictionary(int column) {
        return parts.dictionary(storage, chunk(column), scratch, counts);
    }

    /** The rows of the file by the values of a column, if that is known or worth to be found out. */
    Optional<KeyIndex> keyIndex(int column) {
        return parts.keyIndex(storage, file.footer(), chunk(column).leaf(), scratch, counts);
    }

    /** Opens a chunk for decoding. */
    ChunkReader open(ColumnChunk chunk) {
        return new ChunkReader(
                storage,
                chunk,
                Optional.ofNullable(indexes.get(chunk)),
                () -> parts.dictionary(storage, chunk, scratch, counts),
                parts.pages(chunk),
                scratch,
                counts);
    }

    ChunkSource source(int column) {
        ChunkSource known = sources.get(column);
        if (known == null) {
            known = new ChunkSource(this, storedForm(column), chunk(column));
            sources.put(column, known);
        }
        return known;
    }

    ColumnValues read(int column, RowRanges rows) {
        return source(column).read(rows);
    }

    @Override
    public void close() {
        sources.values().forEach(ChunkSource::close);
    }
}
