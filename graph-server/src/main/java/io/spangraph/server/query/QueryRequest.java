package io.spangraph.server.query;

import io.spangraph.engine.context.Principal;
import io.spangraph.model.value.Value;
import java.util.Map;

/**
 * A question, and the door it came through.
 *
 * @param parameters by name, without the dollar sign
 */
public record QueryRequest(
        Door door, String text, Map<String, Value> parameters, Principal principal, QueryOptions options) {
    public QueryRequest {
        parameters = Map.copyOf(parameters);
    }
}
