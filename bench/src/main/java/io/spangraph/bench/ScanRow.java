package io.spangraph.bench;

import static io.spangraph.bench.BenchState.COLD;
import static io.spangraph.bench.BenchState.COLUMN_WARM;
import static io.spangraph.bench.BenchState.METADATA_WARM;

import io.spangraph.bench.lake.SpanLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The questions that run beside the peer; their texts stand in {@code bench/scan} and {@code bench/sql/scan}. */
enum ScanRow {
    TRACE_FETCH("trace-fetch", SpanLayout.BUCKET, KeyKind.TRACE, 100, 5, METADATA_WARM, COLUMN_WARM),
    TRACE_FETCH_DAY("trace-fetch-day", SpanLayout.DAY, KeyKind.TRACE, 50, 4, METADATA_WARM, COLUMN_WARM),
    TRACE_FETCH_UNSORTED("trace-fetch-unsorted", SpanLayout.UNSORTED, KeyKind.TRACE, 50, 4, COLD, COLUMN_WARM),
    SPAN_ID_BLOOM("span-id-bloom", SpanLayout.DAY, KeyKind.SPAN, 50, 4, METADATA_WARM, COLUMN_WARM),
    SPAN_ID_INDEX("span-id-index", SpanLayout.NO_BLOOM, KeyKind.SPAN, 10, 3, COLD, COLUMN_WARM),
    GROUP_BY("group-by", KeyKind.NONE, 1, 15),
    GROUP_BY_TENANT("group-by-tenant", KeyKind.TENANT, 8, 3),
    GROUP_BY_DAY("group-by-day", KeyKind.NONE, 1, 9),
    GROUP_BY_ERROR("group-by-error", KeyKind.NONE, 1, 9),
    GROUP_BY_TRACE_TOP10("group-by-trace-top10", KeyKind.NONE, 1, 9),
    MIN_MAX("min-max", KeyKind.NONE, 1, 15),
    COUNT_DISTINCT("count-distinct", KeyKind.NONE, 1, 9),
    COUNT_STAR("count-star", KeyKind.NONE, 1, 25);

    private final String id;
    private final SpanLayout layout;
    private final KeyKind keyKind;
    private final int keys;
    private final int rounds;
    private final List<BenchState> states;

    ScanRow(String id, KeyKind keyKind, int keys, int rounds) {
        this(id, SpanLayout.DAY, keyKind, keys, rounds, COLD, COLUMN_WARM);
    }

    ScanRow(String id, SpanLayout layout, KeyKind keyKind, int keys, int rounds, BenchState... states) {
        this.id = id;
        this.layout = layout;
        this.keyKind = keyKind;
        this.keys = keys;
        this.rounds = rounds;
        this.states = List.of(states);
    }

    static Optional<ScanRow> byId(String id) {
        return Arrays.stream(values()).filter(row -> row.id.equals(id)).findFirst();
    }

    String id() {
        return id;
    }

    SpanLayout layout() {
        return layout;
    }

    KeyKind keyKind() {
        return keyKind;
    }

    /** Keys of one round; none is used twice in it. */
    int keys() {
        return keys;
    }

    int rounds() {
        return rounds;
    }

    List<BenchState> states() {
        return states;
    }

    /** Whether it takes milliseconds at most, so that many runs are needed before it is compiled. */
    boolean brief() {
        return lookUp() || this == MIN_MAX || this == COUNT_STAR;
    }

    /** Whether it finds a few rows by a key. */
    boolean lookUp() {
        return switch (keyKind) {
            case TRACE, SPAN -> true;
            case TENANT, AGENT, PERSON, NONE -> false;
        };
    }

    /** What the peer is given: the planned files where planning leaves some out, and its memory where it has a table. */
    List<PeerInput> inputs(BenchState state, SqlTwin twin) {
        if (this == TRACE_FETCH) {
            return List.of(PeerInput.PLANNED, PeerInput.ALL);
        }
        return state == COLUMN_WARM && twin.memory().isPresent()
                ? List.of(PeerInput.ALL, PeerInput.MEMORY)
                : List.of(PeerInput.ALL);
    }
}
