package io.spangraph.server.query;

import io.spangraph.engine.spi.SnapshotSet;
import java.util.Map;
import java.util.TreeMap;

/** Names the state of the tables that an answer comes from; Neo4j's clients pass it on and expect one. */
public final class Bookmark {
    private Bookmark() {}

    /** The bookmark of snapshot ids by table. */
    public static String of(Map<String, Long> snapshots) {
        return "SG:" + Integer.toHexString(snapshots.hashCode());
    }

    public static String of(SnapshotSet pinned) {
        Map<String, Long> snapshots = new TreeMap<>();
        pinned.snapshots()
                .forEach((table, snapshot) ->
                        snapshot.snapshotId().ifPresent(id -> snapshots.put(table.shortName(), id)));
        return of(snapshots);
    }
}
