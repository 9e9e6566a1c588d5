package io.spangraph.server.value;

import io.spangraph.engine.context.Principal;
import io.spangraph.model.schema.ElementIdCodec;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;

/** Element ids of a graph, in the same form in which {@code elementId()} gives them in a query. */
public final class GraphElementIds implements ElementIds {
    private final ElementIdCodec codec;

    public GraphElementIds(GraphSchema schema, Principal principal) {
        this.codec = new ElementIdCodec(schema, principal.tenant());
    }

    @Override
    public String of(VertexId id) {
        return codec.encode(id);
    }

    @Override
    public String of(EdgeId id) {
        return codec.encode(id);
    }
}
