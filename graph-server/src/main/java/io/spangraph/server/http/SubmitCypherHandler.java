package io.spangraph.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.spangraph.engine.context.Principal;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.query.Door;
import io.spangraph.server.query.QueryOptions;
import io.spangraph.server.query.QueryRequest;
import java.util.List;

/**
 * {@code POST /submitCypher} as PuppyGraph has it: {@code {query, timeoutMs}} in, a list of rows out. Ours may also hold
 * {@code parameters}, {@code snapshot}, {@code asOf}, {@code ref} and {@code stats}.
 */
final class SubmitCypherHandler implements Handler {
    private final QueryDoor door;
    private final JsonBody bodies;
    private final UnknownNames unknownNames;

    SubmitCypherHandler(QueryDoor door, JsonBody bodies, UnknownNames unknownNames) {
        this.door = door;
        this.bodies = bodies;
        this.unknownNames = unknownNames;
    }

    @Override
    public void handle(Context context) {
        Principal principal = door.principal(context);
        JsonNode body = bodies.read(context, List.of(JsonBody.JSON));
        QueryRequest request = new QueryRequest(
                Door.HTTP,
                JsonBody.text(body, "query"),
                ParameterReader.read(body.path("parameters")),
                principal,
                door.options(context, body, QueryOptions.of(unknownNames)));
        ClientConnection connection = ClientConnection.of(context.req());
        SubmitCypherAnswer answer = new SubmitCypherAnswer(
                new JsonResponse(context.res(), ErrorForm.DIRECT, JsonBody.JSON),
                connection,
                new PuppyGraphValueWriter(door.elementIds(principal)),
                JsonBody.flag(body, "stats"),
                principal.isOperator());
        door.answer(request, connection, answer);
    }
}
