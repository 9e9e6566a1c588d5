package io.spangraph.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.value.Value;
import io.spangraph.server.value.GraphElementIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows in the plain JSON of the Query API, for callers in the same process: they see what a remote client would. */
public final class PlainJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ValueWriter writer;

    public PlainJson(GraphSchema schema, Principal principal) {
        this.writer = new PlainValueWriter(new GraphElementIds(schema, principal));
    }

    /** Parameters as a request would hold them. */
    public static Map<String, Value> parameters(JsonNode parameters) {
        return ParameterReader.read(parameters);
    }

    public static JsonNode plan(PlanDescription plan) {
        return written(json -> PlanWriter.write(json, plan));
    }

    public List<JsonNode> row(List<Value> values) {
        List<JsonNode> row = new ArrayList<>(values.size());
        for (Value value : values) {
            row.add(written(json -> writer.write(json, value)));
        }
        return row;
    }

    private static JsonNode written(JsonResponse.Content content) {
        try (TokenBuffer buffer = new TokenBuffer(MAPPER, false)) {
            content.write(buffer);
            return MAPPER.readTree(buffer.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
