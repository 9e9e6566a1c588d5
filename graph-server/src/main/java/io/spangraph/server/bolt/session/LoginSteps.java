package io.spangraph.server.bolt.session;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import io.spangraph.server.auth.Credentials;
import io.spangraph.server.bolt.message.AuthToken;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.bolt.transport.BoltConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What HELLO, LOGON and ROUTE say, as far as no query is needed for it. */
final class LoginSteps {
    private static final long ROUTE_SECONDS = 300;

    private LoginSteps() {}

    /** The answer to HELLO. */
    static Map<String, Value> hello(
            BoltRequest.Hello hello, BoltConnection connection, String agent, Duration longestSilence) {
        ProtocolVersion version = connection.version();
        Map<String, Value> hints = new LinkedHashMap<>();
        hints.put("connection.recv_timeout_seconds", Value.of(longestSilence.toSeconds()));
        if (version.isAtLeast(ProtocolVersion.V5_8)) {
            hints.put("ssr.enabled", Value.TRUE); // there is one server, so no client has to look for another
        }
        Map<String, Value> metadata = new LinkedHashMap<>();
        metadata.put("server", Value.of(agent));
        metadata.put("connection_id", Value.of(connection.id()));
        metadata.put("hints", new Value.MapValue(hints));
        if (connection.isManifestHandshake()) {
            metadata.put("protocol_version", Value.of(version.toString()));
        }
        if (!hello.patches().isEmpty()) {
            metadata.put(
                    "patch_bolt",
                    Value.of(hello.patches().stream().map(Value::of).toList()));
        }
        return metadata;
    }

    /** What a client has sent to say who it is. */
    static Credentials credentials(AuthToken token) {
        return switch (token.scheme()) {
            case "none" -> new Credentials.None();
            case "basic" ->
                new Credentials.Basic(
                        token.principal().orElse(""), token.credentials().orElse(""));
            case String other ->
                throw QueryException.of(
                                QueryErrorCode.UNAUTHORIZED,
                                "The authentication scheme '" + other + "' is not supported.")
                        .withHint("Log in by the scheme 'basic', with a user name and a password.");
        };
    }

    /** The routing table: this server for everything, under the address by which the client has found it. */
    static Map<String, Value> route(BoltRequest.Route route, String graph, String ownAddress) {
        Value address = Optional.ofNullable(route.routing().get("address"))
                .filter(Value.StringValue.class::isInstance)
                .orElseGet(() -> Value.of(ownAddress));
        List<Value> servers = List.of(server("ROUTE", address), server("READ", address), server("WRITE", address));
        Map<String, Value> table = new LinkedHashMap<>();
        table.put("ttl", Value.of(ROUTE_SECONDS));
        table.put("db", Value.of(route.database().orElse(graph)));
        table.put("servers", Value.of(servers));
        return Map.of("rt", new Value.MapValue(table));
    }

    private static Value server(String role, Value address) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("addresses", Value.of(List.of(address)));
        entries.put("role", Value.of(role));
        return new Value.MapValue(entries);
    }
}
