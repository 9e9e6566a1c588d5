package io.spangraph.bench;

import static io.spangraph.bench.BenchState.COLD;
import static io.spangraph.bench.BenchState.COLUMN_WARM;
import static io.spangraph.bench.BenchState.METADATA_WARM;

import java.util.List;

/**
 * A question of {@code bench/run graph}.
 *
 * @param question name of its Cypher in {@code bench/graph}
 * @param twin name of its SQL in {@code bench/sql/graph}
 * @param keys of one round; none is used twice in it
 * @param smallHeap whether it runs in a process of its own with a heap of 512 MiB
 */
record GraphRow(
        String id,
        String question,
        String twin,
        GraphLake lake,
        KeyKind keyKind,
        int keys,
        int rounds,
        List<BenchState> states,
        boolean smallHeap) {
    private static final int WHOLE_LAKE_ROUNDS = 7;
    private static final int LOOK_UP_ROUNDS = 5;
    private static final int LOOK_UPS = 50;
    private static final int PAGES = 8;

    /** Over all rows of a table. */
    static GraphRow wholeLake(String id, GraphLake lake) {
        return new GraphRow(id, id, id, lake, KeyKind.NONE, 1, WHOLE_LAKE_ROUNDS, List.of(COLD, COLUMN_WARM), false);
    }

    /** The same question of tables of another size. */
    static GraphRow sized(String id, String question, GraphLake lake) {
        return new GraphRow(
                id, question, question, lake, KeyKind.NONE, 1, WHOLE_LAKE_ROUNDS, List.of(COLD, COLUMN_WARM), false);
    }

    /** A page of traces. */
    static GraphRow page(String id, String question, GraphLake lake) {
        return new GraphRow(
                id, question, question, lake, KeyKind.AGENT, PAGES, LOOK_UP_ROUNDS, List.of(COLD, COLUMN_WARM), true);
    }

    /** One trace. */
    static GraphRow trace(String id, String question, GraphLake lake) {
        return new GraphRow(
                id,
                question,
                question,
                lake,
                KeyKind.TRACE,
                LOOK_UPS,
                LOOK_UP_ROUNDS,
                List.of(METADATA_WARM, COLUMN_WARM),
                false);
    }

    /** Of the social network. */
    static GraphRow social(String id, KeyKind keyKind) {
        return new GraphRow(
                id,
                id,
                id,
                GraphLake.SOCIAL,
                keyKind,
                PAGES,
                keyKind == KeyKind.NONE ? WHOLE_LAKE_ROUNDS : LOOK_UP_ROUNDS,
                List.of(COLD, COLUMN_WARM),
                false);
    }

    /** One of two ways to ask the same, on denormalised columns or with hops. */
    static GraphRow ofPair(String id, String pair) {
        return new GraphRow(id, id, pair, GraphLake.DAY, KeyKind.NONE, 1, WHOLE_LAKE_ROUNDS, List.of(COLD), false);
    }

    /** Whether it takes milliseconds at most, so that many runs are needed before it is compiled. */
    boolean brief() {
        return keyKind == KeyKind.TRACE;
    }
}
