package io.spangraph.server.value;

import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;

/** Element ids as text, as the principal of a request may see them. */
public interface ElementIds {
    String of(VertexId id);

    String of(EdgeId id);

    /**
     * A stable number for clients that want one. It stays within 53 bits, because JavaScript reads JSON numbers as
     * doubles. Elements are never looked up by it.
     */
    static long number(String elementId) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < elementId.length(); i++) {
            hash = (hash ^ elementId.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        return hash >>> 11;
    }
}
