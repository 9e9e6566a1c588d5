package io.spangraph.bench;

import io.spangraph.bench.lake.SpanLayout;
import java.util.Optional;

/** The graphs that are asked, each with its mapping and the size of its tables beside the usual one. */
enum GraphLake {
    DAY("graph-day.yaml", SpanLayout.DAY, Size.ONE),
    DAY_TENTH("graph-day.yaml", SpanLayout.DAY, Size.TENTH),
    BUCKET("graph-bucket.yaml", SpanLayout.BUCKET, Size.ONE),
    BUCKET_TENTH("graph-bucket.yaml", SpanLayout.BUCKET, Size.TENTH),
    /** Nothing reads the payloads there, so it has none: a third of the writing. */
    BUCKET_TRIPLE("graph-lean-bucket.yaml", SpanLayout.LEAN_BUCKET, Size.TRIPLE),
    LEAN("graph-lean.yaml", SpanLayout.LEAN, Size.ONE),
    LEAN_TRIPLE("graph-lean.yaml", SpanLayout.LEAN, Size.TRIPLE),
    PAYLOAD("graph-payload.yaml", SpanLayout.PAYLOAD, Size.TENTH),
    /** A hundredth of the usual spans in people. */
    SOCIAL("graph-social.yaml", Optional.empty(), Size.ONE);

    private final String mapping;
    private final Optional<SpanLayout> layout;
    private final Size size;

    GraphLake(String mapping, SpanLayout layout, Size size) {
        this(mapping, Optional.of(layout), size);
    }

    GraphLake(String mapping, Optional<SpanLayout> layout, Size size) {
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

    /** The table of spans; the social network has none. */
    Optional<SpanLayout> layout() {
        return layout;
    }

    private static final int SPANS_PER_PERSON = 100;
    private static final int LEAST_PEOPLE = 500;

    /** People of the social network where the usual tables have {@code usual} spans. */
    static int people(long usual) {
        return Math.toIntExact(Math.max(LEAST_PEOPLE, usual / SPANS_PER_PERSON));
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
