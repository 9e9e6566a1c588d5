package io.spangraph.server.value;

import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.PathValue;
import java.util.ArrayList;
import java.util.List;

/** The nodes and relationships of a path in the order in which one walks it, as the Query API lists them. */
public final class PathElements {
    private PathElements() {}

    public static List<Value> of(PathValue path) {
        List<Value> elements = new ArrayList<>();
        elements.add(path.nodes().getFirst());
        for (int i = 0; i < path.relationships().size(); i++) {
            elements.add(path.relationships().get(i));
            elements.add(path.nodes().get(i + 1));
        }
        return elements;
    }
}
