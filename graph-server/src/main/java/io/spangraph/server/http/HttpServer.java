package io.spangraph.server.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinException;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.server.auth.Authenticator;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.query.QueryService;
import io.spangraph.server.telemetry.QueryMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP door: its routes, its limits, its errors. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration IDLE_BEYOND_TIMEOUT = Duration.ofSeconds(30);
    private static final String QUERY_API = "/db/{database}/query/v2";

    private final Javalin javalin;
    private final String host;

    private HttpServer(Javalin javalin, String host) {
        this.javalin = javalin;
        this.host = host;
    }

    /** Starts to listen; throws when the port is taken. */
    public static HttpServer start(
            ServerConfiguration configuration,
            QueryService service,
            QueryMetrics metrics,
            Authenticator authenticator) {
        String host = configuration.server().host();
        int port = configuration.server().httpPort();
        QueryDoor door = new QueryDoor(service, authenticator);
        Javalin javalin = Javalin.create(config -> {
            configure(config, configuration, host, port);
            if (authenticator.isOpen()) {
                config.routes.before(new LoopbackGuard());
            }
            addRoutes(config.routes, configuration, door, metrics);
            addErrors(config.routes);
        });
        try {
            javalin.start();
        } catch (JavalinException e) {
            throw new UncheckedIOException(new IOException(refusal(host, port, e), e));
        }
        return new HttpServer(javalin, host);
    }

    private static String refusal(String host, int port, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = String.valueOf(root.getMessage());
        return "Cannot listen on " + host + ":" + port + ": "
                + (reason.contains("in use")
                        ? "the port is in use. Choose another with --http-port, or 0 for any free one."
                        : reason + ".");
    }

    private static void configure(JavalinConfig config, ServerConfiguration configuration, String host, int port) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.defaultContentType = JsonBody.JSON;
        // A query may compute for as long as it is allowed to without a byte in either direction.
        long idle = configuration
                .limits()
                .query()
                .timeout()
                .plus(IDLE_BEYOND_TIMEOUT)
                .toMillis();
        config.jetty.addConnector((server, http) -> {
            http.setSendServerVersion(false);
            ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
            connector.setHost(host);
            connector.setPort(port);
            connector.setIdleTimeout(idle);
            return connector;
        });
    }

    private static void addRoutes(
            RoutesConfig routes, ServerConfiguration configuration, QueryDoor door, QueryMetrics metrics) {
        ServerConfiguration.Limits limits = configuration.limits();
        JsonBody bodies = new JsonBody(limits.requestBytes());
        SubmitCypherHandler submitCypher = new SubmitCypherHandler(
                door, bodies, configuration.unknownNames().orElse(UnknownNames.ERROR));
        QueryApiHandler queryApi =
                new QueryApiHandler(door, bodies, configuration.unknownNames().orElse(UnknownNames.WARN));
        OperationsHandler operations = new OperationsHandler(door, metrics, version());

        routes.post("/submitCypher", submitCypher);
        routes.post(QUERY_API, queryApi::query);
        routes.post(QUERY_API + "/tx", queryApi::begin);
        routes.post(QUERY_API + "/tx/{id}", queryApi::continued);
        routes.post(QUERY_API + "/tx/{id}/commit", queryApi::commit);
        routes.delete(QUERY_API + "/tx/{id}", queryApi::rollback);
        routes.get("/", operations::discover);
        routes.get("/healthz", operations::health);
        routes.get("/readyz", operations::readiness);
        routes.get("/metrics", operations::metrics);
        routes.get("/v1/queries", operations::list);
        routes.delete("/v1/queries/{id}", operations::kill);
    }

    private static void addErrors(RoutesConfig routes) {
        routes.exception(QueryException.class, (failure, context) -> fail(context, failure));
        routes.exception(Exception.class, (failure, context) -> {
            LOG.error("{} {} failed because of an error in Spangraph", context.method(), context.path(), failure);
            fail(
                    context,
                    QueryException.of(QueryErrorCode.INTERNAL, "The request failed because of an error in Spangraph.")
                            .withHint("The server's log has the details."));
        });
        routes.exception(HttpResponseException.class, (failure, context) -> fail(context, unrouted(context, failure)));
    }

    /** What the HTTP server itself refuses: paths and methods that lead nowhere, and requests it cannot read. */
    private static QueryException unrouted(Context context, HttpResponseException failure) {
        return failure.getStatus() == HttpStatus.NOT_FOUND.getCode()
                        || failure.getStatus() == HttpStatus.METHOD_NOT_ALLOWED.getCode()
                ? QueryException.of(
                        QueryErrorCode.PATH_NOT_FOUND,
                        "There is nothing at " + context.method() + " " + context.path() + ".")
                : QueryException.of(QueryErrorCode.REQUEST_INVALID, "Invalid request: " + failure.getMessage() + ".");
    }

    private static void fail(Context context, QueryException failure) {
        ErrorForm form = context.path().startsWith("/db/") ? ErrorForm.QUERY_API : ErrorForm.DIRECT;
        try {
            new JsonResponse(context.res(), form, JsonBody.JSON).fail(failure);
        } catch (IOException e) {
            LOG.debug("The client went away before it saw the error {}", failure.code(), e);
        }
    }

    private static String version() {
        String version = HttpServer.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    public int port() {
        return javalin.port();
    }

    /** The address as a client writes it. */
    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
