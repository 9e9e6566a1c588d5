package io.spangraph.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spangraph.server.bolt.client.BoltAnswer;
import io.spangraph.server.bolt.client.BoltTestClient;
import io.spangraph.server.bolt.message.ProtocolVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A way to ask a server as a user, for a tenant or without one. */
interface WalkedDoor {
    String PASSWORD = "right";

    Answer ask(String statement, Map<String, String> parameters, String user, Optional<String> tenant)
            throws IOException, InterruptedException;

    /**
     * An answer.
     *
     * @param rows in order of their texts, because most statements leave theirs open
     * @param error empty when there is none
     * @param told all that the client was sent
     */
    record Answer(List<String> rows, String error, String told) {}

    /** {@code /submitCypher} and the Query API. */
    record Http(String url, String path, String statement, String accepted) implements WalkedDoor {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final HttpClient CLIENT = HttpClient.newHttpClient();

        static Http submitCypher(String url) {
            return new Http(url, "/submitCypher", "query", "application/json");
        }

        static Http queryApi(String url) {
            return new Http(url, "/db/clawtrace/query/v2", "statement", "application/vnd.neo4j.query");
        }

        @Override
        public Answer ask(String text, Map<String, String> parameters, String user, Optional<String> tenant)
                throws IOException, InterruptedException {
            ObjectNode body = JSON.createObjectNode().put(statement, text);
            parameters.forEach(body.putObject("parameters")::put);
            body.put("stats", true).put("includeCounters", true);
            String credentials = user + ":" + PASSWORD;
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                    .header("Content-Type", "application/json")
                    .header("Accept", accepted)
                    .header(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                    .POST(BodyPublishers.ofString(body.toString()));
            tenant.ifPresent(name -> request.header("X-Spangraph-Tenant", name));
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            List<String> rows = new ArrayList<>();
            (answer.has("data") ? answer.at("/data/values") : answer.path("rows"))
                    .forEach(row -> rows.add(row.toString()));
            rows.sort(null);
            String error = answer.path("code").asText()
                    + answer.path("error").asText()
                    + answer.path("hint").asText()
                    + answer.path("errors");
            return new Answer(rows, error, response.body() + response.headers().map());
        }

        @Override
        public String toString() {
            return "HTTP " + path;
        }
    }

    /** One connection for each user, as the pool of a driver would hold it. */
    final class Bolt implements WalkedDoor, AutoCloseable {
        private final int port;
        private final ProtocolVersion version;
        private final String option;
        private final Map<String, BoltTestClient> clients = new HashMap<>();

        private Bolt(int port, ProtocolVersion version, String option) {
            this.port = port;
            this.version = version;
            this.option = option;
        }

        static Bolt byMetadata(int port, ProtocolVersion version) {
            return new Bolt(port, version, "tx_metadata");
        }

        static Bolt byImpersonation(int port, ProtocolVersion version) {
            return new Bolt(port, version, "imp_user");
        }

        @Override
        public Answer ask(String text, Map<String, String> parameters, String user, Optional<String> tenant) {
            BoltTestClient client = clients.computeIfAbsent(user, this::logIn);
            Map<String, Object> options = new HashMap<>();
            tenant.ifPresent(
                    name -> options.put(option, option.equals("imp_user") ? name : (Object) Map.of("tenant", name)));
            List<BoltAnswer> answers = new ArrayList<>();
            answers.add(client.send(BoltTestClient.RUN, text, parameters, options)
                    .send(BoltTestClient.PULL, Map.of("n", -1))
                    .receive());
            answers.addAll(client.receiveRows());
            String error = "";
            if (!answers.getLast().isSuccess()) {
                error = answers.stream()
                        .filter(BoltAnswer::isFailure)
                        .map(failure -> failure.code() + failure.message())
                        .findFirst()
                        .orElseThrow();
                client.send(BoltTestClient.RESET).receiveSuccess();
            }
            return new Answer(
                    answers.stream()
                            .filter(BoltAnswer::isRecord)
                            .map(answer -> answer.row().toString())
                            .sorted()
                            .toList(),
                    error,
                    answers.toString());
        }

        private BoltTestClient logIn(String user) {
            BoltTestClient client = BoltTestClient.open(port, version);
            client.logIn(version, Map.of("scheme", "basic", "principal", user, "credentials", PASSWORD));
            return client;
        }

        @Override
        public void close() {
            clients.values().forEach(BoltTestClient::close);
        }

        @Override
        public String toString() {
            return "Bolt " + version + " by " + option;
        }
    }
}
