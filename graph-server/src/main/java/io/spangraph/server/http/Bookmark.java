package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.engine.spi.SnapshotSet;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Names the state of the tables that an answer comes from; clients of the Query API pass it on and expect one. */
final class Bookmark {
    private Bookmark() {}

    /** The member {@code bookmarks}, of snapshot ids by table. */
    static void write(JsonGenerator json, Map<String, Long> snapshots) throws IOException {
        json.writeArrayFieldStart("bookmarks");
        json.writeString("SG:" + Integer.toHexString(snapshots.hashCode()));
        json.writeEndArray();
    }

    static void write(JsonGenerator json, SnapshotSet pinned) throws IOException {
        Map<String, Long> snapshots = new TreeMap<>();
        pinned.snapshots()
                .forEach((table, snapshot) ->
                        snapshot.snapshotId().ifPresent(id -> snapshots.put(table.shortName(), id)));
        write(json, snapshots);
    }
}
