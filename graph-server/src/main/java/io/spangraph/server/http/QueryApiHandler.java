package io.spangraph.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.model.DidYouMean;
import io.spangraph.server.auth.Login;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.query.Bookmark;
import io.spangraph.server.query.Door;
import io.spangraph.server.query.QueryOptions;
import io.spangraph.server.query.QueryRequest;
import io.spangraph.server.query.Transactions;
import io.spangraph.server.query.Transactions.Transaction;
import io.spangraph.server.value.ElementIds;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The Neo4j Query API: single queries, and transactions that read one state of the tables throughout. */
final class QueryApiHandler {
    private static final String TYPED = "application/vnd.neo4j.query";
    private static final List<String> CONTENT_TYPES = List.of(JsonBody.JSON, TYPED, TYPED + ".v1.0", TYPED + ".v1.1");

    /** The name that clients use which were not told any. */
    private static final String DEFAULT_DATABASE = "neo4j";

    private final QueryDoor door;
    private final JsonBody bodies;
    private final UnknownNames unknownNames;
    private final Transactions transactions;

    QueryApiHandler(QueryDoor door, JsonBody bodies, UnknownNames unknownNames) {
        this.door = door;
        this.bodies = bodies;
        this.unknownNames = unknownNames;
        this.transactions = door.service().transactions();
    }

    /** {@code POST /db/{name}/query/v2}. */
    void query(Context context) {
        Login login = enter(context);
        JsonNode body = bodies.read(context, CONTENT_TYPES);
        Principal principal = login.principal(NamedTenant.of(context, body));
        answer(context, principal, body, QueryOptions.of(unknownNames), Optional.empty());
    }

    /** {@code POST /db/{name}/query/v2/tx}: begins a transaction, with a first query or without. */
    void begin(Context context) throws IOException {
        Login login = enter(context);
        JsonNode body = bodies.readOptional(context, CONTENT_TYPES);
        Principal principal = login.principal(NamedTenant.of(context, body));
        SnapshotSelector selector =
                door.options(context, body, QueryOptions.of(unknownNames)).snapshot();
        Transaction transaction = transactions.begin(principal, door.service().pinAll(selector));
        answerWithin(context, body, transaction, Optional.of(TransactionInfo.of(transaction)));
    }

    /** {@code POST /db/{name}/query/v2/tx/{id}}. */
    void continued(Context context) throws IOException {
        Login login = enter(context);
        JsonNode body = bodies.readOptional(context, CONTENT_TYPES);
        Transaction transaction = use(context, login, NamedTenant.of(context, body));
        answerWithin(context, body, transaction, Optional.of(TransactionInfo.of(transaction)));
    }

    /** {@code POST /db/{name}/query/v2/tx/{id}/commit}: ends a transaction, with a last query or without. */
    void commit(Context context) throws IOException {
        Login login = enter(context);
        JsonNode body = bodies.readOptional(context, CONTENT_TYPES);
        Transaction transaction = use(context, login, NamedTenant.of(context, body));
        try {
            answerWithin(context, body, transaction, Optional.empty());
        } finally {
            transactions.close(transaction.id());
        }
    }

    /** {@code DELETE /db/{name}/query/v2/tx/{id}}. */
    void rollback(Context context) throws IOException {
        Login login = enter(context);
        transactions.close(use(context, login, NamedTenant.of(context)).id());
        response(context).write(200, json -> {
            json.writeStartObject();
            json.writeEndObject();
        });
    }

    /** A transaction belongs to a tenant, so its later requests need not name it again, and cannot name another. */
    private Transaction use(Context context, Login login, Optional<String> named) {
        String id = context.pathParam("id");
        Principal owner = transactions.owner(id, login.name());
        return transactions.use(id, login.principal(named.or(owner::tenant)));
    }

    private Login enter(Context context) {
        Login login = door.login(context);
        String name = context.pathParam("database");
        String graph = door.service().graph().schema().name();
        if (!name.equalsIgnoreCase(graph) && !name.equalsIgnoreCase(DEFAULT_DATABASE)) {
            throw QueryException.of(
                    QueryErrorCode.DATABASE_NOT_FOUND,
                    "There is no database '" + name + "'; this server has '" + graph + "'."
                            + DidYouMean.hint(name, List.of(graph, DEFAULT_DATABASE)));
        }
        return login;
    }

    private void answerWithin(Context context, JsonNode body, Transaction transaction, Optional<TransactionInfo> told)
            throws IOException {
        if (body.has("statement")) {
            QueryOptions options = QueryOptions.of(unknownNames).withPinned(transaction.state());
            transactions.whileRunning(
                    transaction.id(), () -> answer(context, transaction.principal(), body, options, told));
            return;
        }
        response(context).write(202, json -> {
            json.writeStartObject();
            if (told.isPresent()) {
                told.get().write(json);
            } else {
                BookmarkWriter.write(json, Bookmark.of(transaction.snapshots()));
            }
            json.writeEndObject();
        });
    }

    private void answer(
            Context context,
            Principal principal,
            JsonNode body,
            QueryOptions defaults,
            Optional<TransactionInfo> transaction) {
        QueryRequest request = new QueryRequest(
                Door.HTTP,
                JsonBody.text(body, "statement"),
                ParameterReader.read(body.path("parameters")),
                principal,
                door.options(context, body, defaults));
        ElementIds ids = door.elementIds(principal);
        ClientConnection connection = ClientConnection.of(context.req());
        QueryApiAnswer answer = new QueryApiAnswer(
                response(context),
                connection,
                answerType(context).equals(JsonBody.JSON) ? new PlainValueWriter(ids) : new TypedValueWriter(ids),
                JsonBody.flag(body, "includeCounters"),
                principal.isOperator(),
                transaction);
        door.answer(request, connection, answer);
    }

    private static JsonResponse response(Context context) {
        return new JsonResponse(context.res(), ErrorForm.QUERY_API, answerType(context));
    }

    /** The typed form that the client accepts, else plain JSON. */
    private static String answerType(Context context) {
        String accept = Optional.ofNullable(context.header("Accept")).orElse("").toLowerCase(Locale.ROOT);
        return CONTENT_TYPES.reversed().stream()
                .filter(type -> !type.equals(JsonBody.JSON) && accepts(accept, type))
                .findFirst()
                .orElse(JsonBody.JSON);
    }

    private static boolean accepts(String header, String type) {
        for (String part : header.split(",")) {
            if (part.split(";", 2)[0].strip().equals(type)) {
                return true;
            }
        }
        return false;
    }
}
