package io.spangraph.engine.expr;

import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import io.spangraph.model.value.ValueText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Element ids of identities; the tenant stands in them only where the key alone would not tell vertices apart. */
public final class ElementIds {
    private ElementIds() {}

    public static String of(VertexId id, FunctionContext context) {
        Optional<VertexType> type = context.schema().vertexType(id.vertexType());
        boolean keyIsEnough = context.query().principal().tenant().isPresent()
                || type.map(known -> known.globalKey() || known.isPublic()).orElse(false);
        String label =
                type.flatMap(known -> known.labels().stream().findFirst()).orElse(id.vertexType());
        return text(label, keyIsEnough ? Optional.empty() : id.tenant(), id.key());
    }

    public static String of(EdgeId id, FunctionContext context) {
        int ends = id.edgeType().indexOf('(');
        String name = ends < 0 ? id.edgeType() : id.edgeType().substring(0, ends);
        boolean keyIsEnough = context.query().principal().tenant().isPresent();
        return text(name, keyIsEnough ? Optional.empty() : id.tenant(), id.key());
    }

    private static String text(String name, Optional<String> tenant, List<Value> key) {
        return Stream.concat(tenant.stream(), key.stream().map(ValueText::plain))
                .map(ElementIds::escape)
                .collect(Collectors.joining(",", name + "[", "]"));
    }

    private static String escape(String part) {
        return part.replaceAll("([\\\\,\\[\\]])", "\\\\$1");
    }
}
