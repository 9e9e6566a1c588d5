package io.spangraph.iceberg.read.columns;

import io.spangraph.iceberg.parquet.ChunkBounds;
import io.spangraph.iceberg.parquet.ColumnChunk;
import io.spangraph.iceberg.parquet.PageIndex;
import java.util.Optional;
import java.util.OptionalLong;

/** What footers and page indexes say of a column, in the table's terms. */
public final class ChunkStatistics {
    private ChunkStatistics() {}

    public static Bounds ofChunk(StoredForm form, ColumnChunk chunk) {
        return new Bounds(chunk.bounds().flatMap(form::range), chunk.rows(), nulls(form, chunk.nulls()));
    }

    public static Bounds ofPage(StoredForm form, PageIndex index, int page) {
        long rows = index.endRow(page) - index.firstRow(page);
        if (index.allNull(page)) {
            return new Bounds(Optional.empty(), rows, OptionalLong.of(rows));
        }
        Optional<byte[]> min = index.min(page);
        Optional<byte[]> max = index.max(page);
        Optional<Bounds.Range> range = min.isPresent() && max.isPresent()
                ? form.range(new ChunkBounds(min.get(), max.get(), false))
                : Optional.empty();
        return new Bounds(range, rows, nulls(form, index.nulls(page)));
    }

    private static OptionalLong nulls(StoredForm form, OptionalLong counted) {
        return form.leaf().optional() ? counted : OptionalLong.of(0);
    }
}
