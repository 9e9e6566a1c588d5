package io.spangraph.bench;

import io.spangraph.bench.lake.SpanLayout;

/** The graphs that are asked, each with its mapping and the size of its tables beside the usual one. */
enum GraphLake {
    DAY("graph-day.yaml", SpanLayout.DAY, Size.ONE),
    DAY_TENTH("graph-day.yaml", SpanLayout.DAY, Size.TENTH),
    BUCKET("graph-bucket.yaml", SpanLayout.BUCKET, Size.ONE),
    BUCKET_TENTH("graph-bucket.yaml", SpanLayout.BUCKET, Size.TENTH),
    BUCKET_TRIPLE("graph-bucket.yaml", SpanLayout.BUCKET, Size.TRIPLE),
    LEAN("graph-lean.yaml", SpanLayout.LEAN, Size.ONE),
    LEAN_TRIPLE("graph-lean.yaml", SpanLayout.LEAN, Size.TRIPLE),
    PAYLOAD("graph-payload.yaml", SpanLayout.PAYLOAD, Size.TENTH);

    private final String mapping;
    private final SpanLayout layout;
    private final Size size;

    GraphLake(String mapping, SpanLayout layout, Size size) {
        this.mapping = mapping;
        this.layout = layout;
        this.size = size;
    }

    /** How many spans beside the usual number. */
    private enum Size {
        TENTH,
        ONE,
        TRIPLE
    }

    /** The mapping's file, below the folder {@code bench}. */
    String mapping() {
        return mapping;
    }

    SpanLayout layout() {
        return layout;
    }

    /** Spans of the tables where the usual ones have {@code usual}. */
    long spans(long usual) {
        return switch (size) {
            case TENTH -> usual / 10;
            case ONE -> usual;
            case TRIPLE -> usual * 3;
        };
    }
}
