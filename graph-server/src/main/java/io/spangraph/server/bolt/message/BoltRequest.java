package io.spangraph.server.bolt.message;

import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client sends. Fields that a version lacks are empty. */
public sealed interface BoltRequest {

    /**
     * The first message.
     *
     * @param routing the address that a routing client has used; empty for a direct connection
     * @param token in versions before 5.1, which have no LOGON
     * @param patches of the protocol that client and server agree on; where there are any, the answer lists them as
     *     {@code patch_bolt}
     */
    record Hello(
            String userAgent,
            Optional<Map<String, Value>> routing,
            Optional<AuthToken> token,
            NotificationFilter notifications,
            List<String> patches)
            implements BoltRequest {
        public Hello {
            patches = List.copyOf(patches);
        }
    }

    record Logon(AuthToken token) implements BoltRequest {}

    record Logoff() implements BoltRequest {}

    record Goodbye() implements BoltRequest {}

    /** Interrupts what runs and goes back to the beginning. */
    record Reset() implements BoltRequest {}

    /**
     * A query.
     *
     * @param options of the transaction that the query is; those of an open transaction stay as they are
     */
    record Run(String query, Map<String, Value> parameters, TransactionOptions options) implements BoltRequest {
        public Run {
            parameters = Map.copyOf(parameters);
        }
    }

    record Begin(TransactionOptions options) implements BoltRequest {}

    record Commit() implements BoltRequest {}

    record Rollback() implements BoltRequest {}

    /**
     * Asks for rows.
     *
     * @param count -1: all
     * @param queryId -1: of the last query
     */
    record Pull(long count, long queryId) implements BoltRequest {}

    /** Asks to skip rows; fields as in {@link Pull}. */
    record Discard(long count, long queryId) implements BoltRequest {}

    /** Which part of its interface a driver's user has called. */
    record Telemetry(long api) implements BoltRequest {}

    /** Asks for the addresses of a database. */
    record Route(
            Map<String, Value> routing,
            List<String> bookmarks,
            Optional<String> database,
            Optional<String> impersonatedUser)
            implements BoltRequest {
        public Route {
            routing = Map.copyOf(routing);
            bookmarks = List.copyOf(bookmarks);
        }
    }

    /**
     * A RUN or BEGIN of the right form that holds a value which cannot be used, such as a node as a parameter. It fails
     * as its query would, and the connection goes on.
     */
    record Refused(QueryException problem) implements BoltRequest {}
}
