package io.spangraph.engine.spi;

import java.time.Instant;

/** Which state of the tables a query wants to read. */
public sealed interface SnapshotSelector {
    /** The newest state of each table, as new as {@code freshness} asks for. */
    record Current() implements SnapshotSelector {}

    record SnapshotId(long id) implements SnapshotSelector {}

    record AsOf(Instant time) implements SnapshotSelector {}

    /** A tag or branch. */
    record Ref(String name) implements SnapshotSelector {}
}
