package io.spangraph.model.schema;

import io.spangraph.model.schema.MappingExpression.Positioned;
import java.util.List;

/** How a row of an edge's source names the vertex at one of its ends. */
public sealed interface EdgeEnd {

    /** The vertex type at this end. */
    String vertexType();

    /** The edge's row is the vertex's row: the foreign key stands on the vertex table itself. */
    record SameRow(String vertexType) implements EdgeEnd {}

    /** The vertices with this key (and the edge's tenant and scope); a null among the values means no edge. */
    record ByKey(String vertexType, List<Positioned> key) implements EdgeEnd {
        public ByKey {
            key = List.copyOf(key);
        }
    }
}
