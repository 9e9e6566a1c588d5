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
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
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
    private static final String AS_OF = "as_of";
    private static final String REF = "ref";

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

    /** The state of the tables that the metadata name. */
    static SnapshotSelector snapshot(TransactionOptions options) {
        List<SnapshotSelector> named = new ArrayList<>();
        named(options, SNAPSHOT)
                .ifPresent(value -> named.add(
                        switch (value) {
                            case Value.IntegerValue(long id) -> new SnapshotSelector.SnapshotId(id);
                            case Value.StringValue(String text) -> SnapshotText.read(text);
                            case Value.DateTimeValue(ZonedDateTime time) -> new SnapshotSelector.AsOf(time.toInstant());
                            case Value other -> throw SnapshotText.invalid();
                        }));
        named(options, AS_OF)
                .ifPresent(value -> named.add(
                        switch (value) {
                            case Value.StringValue(String text) -> SnapshotText.readMoment(AS_OF, text);
                            case Value.DateTimeValue(ZonedDateTime time) -> new SnapshotSelector.AsOf(time.toInstant());
                            case Value other -> throw SnapshotText.invalidMoment(AS_OF);
                        }));
        named(options, REF)
                .ifPresent(value -> named.add(
                        switch (value) {
                            case Value.StringValue(String text) -> SnapshotText.readRef(REF, text);
                            case Value other -> throw SnapshotText.invalidRef(REF);
                        }));
        return SnapshotText.one(named);
    }

    private static Optional<Value> named(TransactionOptions options, String key) {
        return Optional.ofNullable(options.metadata().get(key)).filter(value -> !value.isNull());
    }
}
