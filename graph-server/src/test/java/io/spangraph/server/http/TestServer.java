package io.spangraph.server.http;

import io.spangraph.engine.context.Execution;
import io.spangraph.server.auth.Authenticator;
import io.spangraph.server.auth.PasswordVerifier;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.query.QueryService;
import io.spangraph.server.query.ScriptedGraph;
import io.spangraph.server.query.ServedGraph;
import io.spangraph.server.telemetry.QueryMetrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A real server on a free port, with a client for it. */
public final class TestServer implements AutoCloseable {
    private final QueryService service;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestServer(QueryService service, HttpServer server) {
        this.service = service;
        this.server = server;
    }

    public static TestServer start(ScriptedGraph graph, Map<String, String> settings) {
        return start(graph, Optional.empty(), settings);
    }

    public static TestServer start(ScriptedGraph graph, Optional<Path> file, Map<String, String> settings) {
        return start(graph.serve(), file, settings);
    }

    public static TestServer start(ServedGraph graph, Optional<Path> file, Map<String, String> settings) {
        Map<String, String> flags = new HashMap<>(settings);
        flags.put("server.http-port", "0");
        ServerConfiguration configuration = ConfigurationReader.read(file, Map.of(), flags);
        QueryMetrics metrics = new QueryMetrics();
        QueryService service = new QueryService(
                CompletableFuture.completedFuture(graph),
                configuration.limits(),
                configuration.slowQuery(),
                Execution.SEQUENTIAL,
                metrics);
        Authenticator authenticator = new Authenticator(configuration.users(), new PasswordVerifier());
        return new TestServer(service, HttpServer.start(configuration, service, metrics, authenticator));
    }

    public URI uri(String path) {
        return URI.create(server.url() + path);
    }

    public int port() {
        return server.port();
    }

    QueryService service() {
        return service;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json");
    }

    public HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> delete(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).DELETE();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        client.close();
        server.close();
        service.close();
    }
}
