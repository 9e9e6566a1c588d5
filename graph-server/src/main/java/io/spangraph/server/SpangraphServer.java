package io.spangraph.server;

import io.spangraph.cypher.parse.WarmUp;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.procedure.ServerFacts;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.server.auth.Authenticator;
import io.spangraph.server.auth.PasswordVerifier;
import io.spangraph.server.bolt.session.BoltDoor;
import io.spangraph.server.bolt.session.SessionSettings;
import io.spangraph.server.bolt.transport.BoltServer;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.http.HttpServer;
import io.spangraph.server.query.Door;
import io.spangraph.server.query.GraphOpener;
import io.spangraph.server.query.QueryOptions;
import io.spangraph.server.query.QueryRequest;
import io.spangraph.server.query.QueryService;
import io.spangraph.server.query.RunningQuery;
import io.spangraph.server.query.ServedGraph;
import io.spangraph.server.query.SharedExecution;
import io.spangraph.server.telemetry.CacheMetrics;
import io.spangraph.server.telemetry.QueryMetrics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole server: the graph, the query service and the doors. The one place where they are put together. */
public final class SpangraphServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpangraphServer.class);

    private final QueryService service;
    private final HttpServer http;
    private final BoltDoor boltDoor;
    private Optional<BoltServer> bolt = Optional.empty();

    private SpangraphServer(QueryService service, HttpServer http, BoltDoor boltDoor) {
        this.service = service;
        this.http = http;
        this.boltDoor = boltDoor;
    }

    /**
     * Starts a server and returns when it answers queries. The graph is opened while the HTTP server starts: either
     * takes about as long as the other.
     *
     * @param mapping the graph.yaml to serve
     * @param environment for the variables of the mapping
     */
    public static SpangraphServer start(
            ServerConfiguration configuration, Path mapping, Map<String, String> environment) {
        CompletableFuture<ServedGraph> graph = new CompletableFuture<>();
        Map<String, String> variables =
                GraphOpener.variables(environment, configuration.server().data());
        QueryMetrics metrics = new QueryMetrics();
        QueryService service = new QueryService(
                graph,
                configuration.limits(),
                configuration.slowQuery(),
                SharedExecution.open(configuration, metrics),
                metrics);
        ScanCache cache = configuration.scan().newCache();
        CacheMetrics.show(cache, metrics);
        AtomicReference<Optional<String>> boltAddress = new AtomicReference<>(Optional.empty());
        ServerFacts facts = LiveServerFacts.of(configuration, service, boltAddress::get);
        Thread.ofPlatform()
                .name("graph-opener")
                .start(() -> complete(graph, () -> GraphOpener.open(mapping, variables, configuration, facts, cache)));

        Authenticator authenticator = new Authenticator(configuration.users(), new PasswordVerifier());
        HttpServer http;
        try {
            http = HttpServer.start(configuration, service, metrics, authenticator);
        } catch (RuntimeException e) {
            service.closeOnceOpened();
            throw e;
        }
        BoltDoor boltDoor = new BoltDoor(service, authenticator, sessionSettings(configuration), metrics);
        SpangraphServer server = new SpangraphServer(service, http, boltDoor);
        server.awaitGraph(graph);
        server.openBolt(configuration);
        boltAddress.set(server.bolt.map(open -> boltDoor.address()));
        if (authenticator.isOpen()) {
            LOG.warn("No users are configured: everyone on this machine is let in and sees all tenants.");
        }
        server.warmUp();
        return server;
    }

    private static SessionSettings sessionSettings(ServerConfiguration configuration) {
        return new SessionSettings(
                configuration.server().boltAgent() + " (Spangraph " + version() + ")",
                configuration.unknownNames().orElse(UnknownNames.WARN),
                configuration.limits().connectionResults());
    }

    private static String version() {
        return Optional.ofNullable(SpangraphServer.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** Only now: drivers wait for an answer on a connection that they were given. */
    private void openBolt(ServerConfiguration configuration) {
        configuration.server().boltPort().ifPresent(port -> {
            try {
                BoltServer server = BoltServer.start(configuration, port, boltDoor);
                boltDoor.listensAt(authority(configuration.server().host(), server.port()));
                bolt = Optional.of(server);
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        });
    }

    private static String authority(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static <T> void complete(CompletableFuture<T> future, java.util.function.Supplier<T> work) {
        try {
            future.complete(work.get());
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    private void awaitGraph(CompletableFuture<ServedGraph> graph) {
        try {
            graph.join();
        } catch (CompletionException e) {
            close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Loads in the background what the first query would otherwise wait for. */
    private void warmUp() {
        Principal nobody = new Principal("warm-up", Optional.empty(), Set.of());
        Thread.ofPlatform().name("warm-up").daemon().start(() -> {
            LOG.debug("Warmed up with {} queries", WarmUp.run());
            try (RunningQuery query = service.run(new QueryRequest(
                    Door.LOCAL,
                    "UNWIND [1, 2] AS n RETURN n ORDER BY n",
                    Map.of(),
                    nobody,
                    QueryOptions.of(UnknownNames.WARN)))) {
                while (query.advance()) {
                    LOG.debug("Warm-up row {}", query.row());
                }
            } catch (RuntimeException e) {
                LOG.debug("The warm-up query failed", e);
            }
        });
    }

    public QueryService service() {
        return service;
    }

    /** Where the HTTP door listens, such as {@code http://127.0.0.1:7474}. */
    public String url() {
        return http.url();
    }

    /** Where the Bolt door listens, such as {@code bolt://127.0.0.1:7687}; empty when it is closed. */
    public Optional<String> boltUrl() {
        return bolt.map(server -> "bolt://" + boltDoor.address());
    }

    /** Cancels running queries, tells their clients, and stops. */
    @Override
    public void close() {
        service.cancelAll();
        bolt.ifPresent(BoltServer::close);
        http.close();
        boltDoor.close();
        service.close();
    }
}
