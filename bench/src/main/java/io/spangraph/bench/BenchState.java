package io.spangraph.bench;

import java.util.Arrays;

/** What an engine has in memory before a question is timed. The states are never mixed in one figure. */
enum BenchState {
    /** Metadata in memory, columns not. */
    COLD("cold"),
    /** The same, where dictionaries and Bloom filters, which belong to metadata, do most of the work. */
    METADATA_WARM("metadata-warm"),
    /** Columns and key indexes that earlier questions have used are in memory as well. */
    COLUMN_WARM("column-warm");

    private final String id;

    BenchState(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    static BenchState byId(String id) {
        return Arrays.stream(values())
                .filter(state -> state.id.equals(id))
                .findFirst()
                .orElseThrow();
    }
}
