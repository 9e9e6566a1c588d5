package io.spangraph.server.bolt.packstream;

import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.PathValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.Value.VertexId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A path as PackStream lays it out: what occurs in it, each once, and how it is walked.
 *
 * @param indices pairs for each step: the relationship, counted from 1 and negative when walked against its direction;
 *     the node that it leads to, counted from 0. The walk begins at the first node.
 */
record PathLayout(List<NodeValue> nodes, List<RelationshipValue> relationships, List<Integer> indices) {

    static PathLayout of(PathValue path) {
        List<NodeValue> nodes = new ArrayList<>();
        List<RelationshipValue> relationships = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        Map<VertexId, Integer> nodeIndices = new HashMap<>();
        Map<EdgeId, Integer> relationshipIndices = new HashMap<>();

        NodeValue from = path.nodes().getFirst();
        index(from, from.id(), nodes, nodeIndices);
        for (int step = 0; step < path.relationships().size(); step++) {
            RelationshipValue relationship = path.relationships().get(step);
            NodeValue to = path.nodes().get(step + 1);
            int number = index(relationship, relationship.id(), relationships, relationshipIndices) + 1;
            boolean along =
                    relationship.start().equals(from.id()) && relationship.end().equals(to.id());
            indices.add(along ? number : -number);
            indices.add(index(to, to.id(), nodes, nodeIndices));
            from = to;
        }
        return new PathLayout(nodes, relationships, indices);
    }

    /** The place of an element in the list, where it is put when it occurs for the first time. */
    private static <E, I> int index(E element, I id, List<E> elements, Map<I, Integer> indices) {
        Integer known = indices.putIfAbsent(id, elements.size());
        if (known != null) {
            return known;
        }
        elements.add(element);
        return elements.size() - 1;
    }
}
