package io.spangraph.server.bolt.session;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.value.Value;
import io.spangraph.server.auth.Login;
import io.spangraph.server.bolt.message.NotificationFilter;
import io.spangraph.server.bolt.message.TransactionOptions;
import io.spangraph.server.query.SnapshotText;
import io.spangraph.server.value.ElementIds;
import io.spangraph.server.value.GraphElementIds;
import java.time.Duration;
import java.util.Optional;

/**
 * For whom, on which state of the tables and for how long queries run: what a transaction has settled, be it an open one
 * or a query by itself.
 *
 * @param database as the client names it; empty: it does not
 * @param timeout the client's own limit
 */
record QueryScope(
        Principal principal,
        ElementIds ids,
        Optional<String> database,
        SnapshotSelector snapshot,
        Optional<Duration> timeout,
        NotificationFilter notifications) {
    private static final String TENANT = "tenant";
    private static final String SNAPSHOT = "snapshot";

    /** What the options of BEGIN, or of RUN outside a transaction, come to for this log-in. */
    static QueryScope of(Login login, GraphSchema graph, TransactionOptions options, NotificationFilter session) {
        options.database().ifPresent(name -> Databases.check(name, graph.name()));
        Principal principal = login.principal(tenant(options));
        return new QueryScope(
                principal,
                new GraphElementIds(graph, principal),
                options.database(),
                snapshot(options),
                options.timeout(),
                Notifications.narrowed(session, options.notifications()));
    }

    private static Optional<String> tenant(TransactionOptions options) {
        Optional<String> named = Optional.ofNullable(options.metadata().get(TENANT))
                .filter(value -> !value.isNull())
                .map(QueryScope::tenantName);
        Optional<String> impersonated = options.impersonatedUser();
        if (named.isPresent() && impersonated.isPresent() && !named.equals(impersonated)) {
            throw QueryException.of(
                            QueryErrorCode.FORBIDDEN,
                            "The request names two tenants: '" + named.get() + "' by the metadata, '"
                                    + impersonated.get() + "' by the impersonated user.")
                    .withHint("Name one of them only.");
        }
        return named.or(() -> impersonated);
    }

    private static String tenantName(Value value) {
        if (value instanceof Value.StringValue(String name)) {
            return name;
        }
        throw QueryException.of(
                QueryErrorCode.REQUEST_INVALID,
                "Invalid request: 'tenant' in the metadata of a transaction must be a text.");
    }

    private static SnapshotSelector snapshot(TransactionOptions options) {
        return switch (Optional.ofNullable(options.metadata().get(SNAPSHOT)).orElse(Value.NULL)) {
            case Value.NullValue none -> new SnapshotSelector.Current();
            case Value.IntegerValue(long id) -> new SnapshotSelector.SnapshotId(id);
            case Value.StringValue(String text) -> SnapshotText.read(text);
            case Value.DateTimeValue(java.time.ZonedDateTime time) -> new SnapshotSelector.AsOf(time.toInstant());
            case Value other -> throw SnapshotText.invalid();
        };
    }
}
