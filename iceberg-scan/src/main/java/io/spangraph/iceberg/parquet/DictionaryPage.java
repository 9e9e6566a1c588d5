package io.spangraph.iceberg.parquet;

import java.util.Optional;

/** Reads the page that holds a dictionary. */
final class DictionaryPage {
    private DictionaryPage() {}

    static Optional<Dictionary> read(RangeReader file, ColumnChunk chunk, Scratch scratch, DecodeCounts counts) {
        throw new UnsupportedParquet(file, "a dictionary in " + chunk);
    }
}
