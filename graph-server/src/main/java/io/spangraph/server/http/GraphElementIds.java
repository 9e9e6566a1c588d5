package io.spangraph.server.http;

import io.spangraph.engine.context.Principal;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import io.spangraph.model.value.ValueText;
import io.spangraph.server.query.QueryService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class GraphElementIds implements QueryDoor.ElementIdsFactory {
    private final QueryService service;

    GraphElementIds(QueryService service) {
        this.service = service;
    }

    @Override
    public ElementIds forPrincipal(Principal principal) {
        GraphSchema schema = service.graph().schema();
        return new ElementIds() {
            @Override
            public String of(VertexId id) {
                Optional<VertexType> type = schema.vertexType(id.vertexType());
                boolean bare = principal.tenant().isPresent()
                        || type.map(VertexType::globalKey).orElse(true);
                String label =
                        type.flatMap(t -> t.labels().stream().findFirst()).orElse(id.vertexType());
                return text(label, bare ? Optional.empty() : id.tenant(), id.key());
            }

            @Override
            public String of(EdgeId id) {
                String name = schema.edgeTypes().stream()
                        .filter(type -> type.identifier().equals(id.edgeType()))
                        .map(EdgeType::name)
                        .findFirst()
                        .orElse(id.edgeType());
                return text(name, principal.tenant().isPresent() ? Optional.empty() : id.tenant(), id.key());
            }
        };
    }

    private static String text(String label, Optional<String> tenant, List<Value> key) {
        List<String> parts = new ArrayList<>();
        tenant.ifPresent(parts::add);
        key.forEach(value -> parts.add(ValueText.plain(value)));
        return label + "[" + String.join(",", parts) + "]";
    }
}
