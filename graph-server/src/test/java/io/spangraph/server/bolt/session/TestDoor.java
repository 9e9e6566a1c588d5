package io.spangraph.server.bolt.session;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.Principal.Role;
import io.spangraph.server.auth.Authenticator;
import io.spangraph.server.auth.PasswordVerifier;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.query.QueryService;
import io.spangraph.server.query.ServedGraph;
import io.spangraph.server.telemetry.QueryMetrics;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The Bolt door over a graph, without the network in front. */
final class TestDoor implements AutoCloseable {
    static final Principal EVERYBODY = new Principal("test", Optional.empty(), EnumSet.allOf(Role.class));

    private final QueryMetrics metrics = new QueryMetrics();
    private final QueryService service;
    private final BoltDoor door;

    TestDoor(ServedGraph graph, Map<String, String> settings) {
        this(graph, Optional.empty(), settings);
    }

    TestDoor(ServedGraph graph, Optional<Path> file, Map<String, String> settings) {
        ServerConfiguration configuration = ConfigurationReader.read(file, Map.of(), settings);
        service = new QueryService(
                CompletableFuture.completedFuture(graph),
                configuration.limits(),
                configuration.slowQuery(),
                Execution.SEQUENTIAL,
                metrics);
        door = new BoltDoor(
                service,
                new Authenticator(configuration.users(), new PasswordVerifier()),
                new SessionSettings(
                        "Neo4j/5.26.0 (Spangraph test)",
                        UnknownNames.WARN,
                        configuration.limits().connectionResults()),
                metrics);
        door.listensAt("localhost:7687");
    }

    BoltTalk connect(ProtocolVersion version) {
        return new BoltTalk(door, new TestConnection(version, version.major() >= 6));
    }

    /** A connection on which somebody has logged in. */
    BoltTalk ready(ProtocolVersion version) {
        BoltTalk talk = connect(version);
        talk.send(BoltTalk.HELLO, BoltTalk.LOGON);
        talk.expect("SUCCESS", "SUCCESS");
        return talk;
    }

    QueryService service() {
        return service;
    }

    BoltDoor door() {
        return door;
    }

    int queries() {
        return service.list(EVERYBODY).size();
    }

    double metric(String name) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Override
    public void close() {
        door.close();
        service.cancelAll();
        service.close();
    }
}
