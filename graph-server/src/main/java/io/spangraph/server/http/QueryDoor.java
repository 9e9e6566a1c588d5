package io.spangraph.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.server.auth.Authenticator;
import io.spangraph.server.auth.Credentials;
import io.spangraph.server.auth.Login;
import io.spangraph.server.query.AnswerReader;
import io.spangraph.server.query.QueryExecution;
import io.spangraph.server.query.QueryOptions;
import io.spangraph.server.query.QueryRequest;
import io.spangraph.server.query.QueryService;
import io.spangraph.server.value.ElementIds;
import io.spangraph.server.value.GraphElementIds;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What the doors for queries have in common: who asks, the options of a request, and watching over the client. */
final class QueryDoor {
    private static final Duration LOOK_AT_CLIENT = Duration.ofMillis(100);

    private final QueryService service;
    private final Authenticator authenticator;

    QueryDoor(QueryService service, Authenticator authenticator) {
        this.service = service;
        this.authenticator = authenticator;
    }

    QueryService service() {
        return service;
    }

    /** Who has sent the request. Waits, so it is for the virtual threads that serve requests. */
    Login login(Context context) {
        Credentials credentials = Optional.ofNullable(context.header("Authorization"))
                .map(HttpCredentials::decode)
                .orElseGet(Credentials.None::new);
        return authenticator.authenticate(credentials, ClientConnection.address(context.req()));
    }

    /** Who asks in a request whose body cannot name a tenant. */
    Principal principal(Context context) {
        return login(context).principal(NamedTenant.of(context));
    }

    ElementIds elementIds(Principal principal) {
        return new GraphElementIds(service.graph().schema(), principal);
    }

    /** The options that every door understands: {@code timeoutMs} or {@code timeout}, and those of {@link NamedSnapshot}. */
    QueryOptions options(Context context, JsonNode body, QueryOptions defaults) {
        QueryOptions options = defaults;
        Optional<JsonNode> timeout = Stream.of("timeoutMs", "timeout")
                .map(body::path)
                .filter(node -> !node.isMissingNode() && !node.isNull())
                .findFirst();
        if (timeout.isPresent()) {
            JsonNode millis = timeout.get();
            if (!millis.canConvertToLong() || !millis.isIntegralNumber() || millis.longValue() <= 0) {
                throw QueryException.of(
                        QueryErrorCode.REQUEST_INVALID,
                        "Invalid request: 'timeoutMs' must be a whole number of milliseconds above 0.");
            }
            options = options.withTimeout(Duration.ofMillis(millis.longValue()));
        }
        return options.withSnapshot(NamedSnapshot.of(context, body));
    }

    /**
     * Runs a query and returns when its answer has been written. Meanwhile looks at the connection: a client that has
     * gone away ends its query, and one that does not read cannot hold it beyond its time.
     */
    void answer(QueryRequest request, ClientConnection connection, AnswerReader reader) {
        QueryExecution execution = service.start(request, reader);
        while (!execution.await(LOOK_AT_CLIENT)) {
            if (connection.isGone()) {
                execution.cancel(Cancellation.Reason.CLIENT_GONE);
            }
            if (execution.isOverdue()) {
                connection.abort();
            }
        }
    }
}
