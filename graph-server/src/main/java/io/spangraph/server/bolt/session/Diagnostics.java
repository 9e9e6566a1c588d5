package io.spangraph.server.bolt.session;

import io.spangraph.model.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** The diagnostic records of GQL statuses. */
final class Diagnostics {
    private Diagnostics() {}

    /** What every record holds, to be added to. */
    static Map<String, Value> common() {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("OPERATION", Value.of(""));
        entries.put("OPERATION_CODE", Value.of("0"));
        entries.put("CURRENT_SCHEMA", Value.of("/"));
        return entries;
    }
}
