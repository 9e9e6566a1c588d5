package io.spangraph.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spangraph.model.value.Value;
import io.spangraph.server.http.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One user of a server, who asks over HTTP and takes typed answers. */
record QueryApiClient(TestServer server, String credentials) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/db/clawtrace/query/v2";
    private static final String TYPED = "application/vnd.neo4j.query";

    Rows rows(String cypher, Map<String, Value> parameters) {
        JsonNode answer = post(cypher, parameters);
        assertThat(answer.path("errors").toString()).as(cypher).isEmpty();
        List<List<Value>> rows = new ArrayList<>();
        for (JsonNode row : answer.at("/data/values")) {
            rows.add(elements(row).map(QueryApiClient::value).toList());
        }
        return new Rows(
                elements(answer.at("/data/fields")).map(JsonNode::asText).toList(), rows);
    }

    /** The message of the error that a query must end with. */
    String refusal(String cypher, Map<String, Value> parameters) {
        JsonNode errors = post(cypher, parameters).path("errors");
        assertThat(errors).as(cypher).isNotEmpty();
        return errors.at("/0/message").asText();
    }

    private JsonNode post(String cypher, Map<String, Value> parameters) {
        ObjectNode body = JSON.createObjectNode().put("statement", cypher);
        ObjectNode values = body.putObject("parameters");
        parameters.forEach((name, value) -> {
            switch (value) {
                case Value.StringValue(String text) -> values.put(name, text);
                case Value.IntegerValue(long number) -> values.put(name, number);
                default -> throw new IllegalArgumentException("a parameter must be a text or a number: " + value);
            }
        });
        try {
            HttpResponse<String> response =
                    server.post(PATH, JSON.writeValueAsString(body), "Accept", TYPED, "Authorization", credentials);
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Value value(JsonNode node) {
        JsonNode value = node.path("_value");
        String type = node.path("$type").asText();
        return switch (type) {
            case "Null" -> Value.NULL;
            case "Boolean" -> Value.of(value.asBoolean());
            case "Integer" -> Value.of(Long.parseLong(value.asText()));
            case "Float" -> Value.of(Double.parseDouble(value.asText()));
            case "String" -> Value.of(value.asText());
            case "Date" -> new Value.DateValue(LocalDate.parse(value.asText()));
            case "List" -> Value.of(elements(value).map(QueryApiClient::value).toList());
            default -> throw new IllegalStateException("no question answers with a " + type);
        };
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
