package io.spangraph.bench;

import java.util.Arrays;

/** What the peer was given to read. */
enum PeerInput {
    /** Only the files that hold the answer, as if it could plan as well as we do. */
    PLANNED("planned"),
    /** Every file of the table. */
    ALL("all"),
    /** The columns of the question as a table in its memory. */
    MEMORY("memory");

    private final String id;

    PeerInput(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    static PeerInput byId(String id) {
        return Arrays.stream(values())
                .filter(input -> input.id.equals(id))
                .findFirst()
                .orElseThrow();
    }
}
