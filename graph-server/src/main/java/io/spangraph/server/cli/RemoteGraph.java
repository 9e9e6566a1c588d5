package io.spangraph.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spangraph.server.http.TenantHeader;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A server that is asked by the Query API. Its answer is read row by row, however long it is. */
final class RemoteGraph {
    /** Every Spangraph server answers to it, whatever its graph is called. */
    private static final String PATH = "/db/neo4j/query/v2";

    private static final int ACCEPTED = 202;

    private final URI uri;
    private final Optional<String> user;
    private final Optional<String> password;
    private final Optional<String> tenant;
    private final ObjectMapper mapper = new ObjectMapper(new JsonFactory());

    RemoteGraph(URI uri, Optional<String> user, Optional<String> password, Optional<String> tenant) {
        this.uri = uri;
        this.user = user;
        this.password = password;
        this.tenant = tenant;
    }

    void ask(String query, ObjectNode parameters, Answer answer) {
        ObjectNode body = mapper.createObjectNode().put("statement", query);
        body.set("parameters", parameters);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = client.send(request(body), BodyHandlers.ofInputStream());
            try (InputStream content = response.body();
                    JsonParser json = mapper.createParser(content)) {
                read(json, response.statusCode(), answer);
            }
        } catch (JsonProcessingException e) {
            throw new RemoteException("What answers at " + uri + " is no Spangraph server, or the answer broke off: "
                    + e.getOriginalMessage() + ".");
        } catch (ConnectException e) {
            throw new RemoteException("There is no server at " + uri + ", or it cannot be reached.");
        } catch (IOException e) {
            throw new RemoteException("Cannot ask " + uri + ": " + reason(e) + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RemoteException("The query was interrupted.");
        }
    }

    private HttpRequest request(ObjectNode body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve(PATH))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .POST(BodyPublishers.ofString(body.toString()));
            user.ifPresent(name -> {
                String credentials = name + ":" + password.orElse("");
                request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
            });
            tenant.ifPresent(name -> request.header(TenantHeader.NAME, TenantHeader.encode(name)));
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new RemoteException("'" + uri + "' is no address of a server; expected http://HOST:PORT.");
        }
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName().replace("Exception", "")
                : failure.getMessage();
    }

    private void read(JsonParser json, int status, Answer answer) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new RemoteException("What answers at " + uri + " with status " + status + " is no Spangraph server.");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "data" -> readData(json, answer);
                case "notifications" ->
                    tree(json)
                            .forEach(notification -> answer.warning(
                                    notification.path("description").asText()));
                case "queryPlan", "profiledQueryPlan" -> answer.plan(tree(json));
                case "errors" ->
                    throw new RemoteException(
                            tree(json).path(0).path("message").asText("The server answered with an error."));
                default -> json.skipChildren();
            }
        }
        if (status != ACCEPTED) {
            throw new RemoteException("The server at " + uri + " answered with status " + status + ".");
        }
    }

    private void readData(JsonParser json, Answer answer) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            if (member.equals("fields")) {
                List<String> columns = new ArrayList<>();
                tree(json).forEach(name -> columns.add(name.asText()));
                answer.columns(columns);
            } else {
                while (json.nextToken() == JsonToken.START_ARRAY) {
                    List<JsonNode> row = new ArrayList<>();
                    tree(json).forEach(row::add);
                    answer.row(row);
                }
            }
        }
    }

    private JsonNode tree(JsonParser json) throws IOException {
        return mapper.readTree(json);
    }
}
