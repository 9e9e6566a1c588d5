package io.spangraph.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.Principal.Role;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What drivers, shells, browsers and tools ask a server before and between their users' queries, in the shapes in which
 * they ask: each gets the rows that its file has. {@code -Dcases.update} writes the file anew.
 */
class ClientQueriesTest {
    private static final Path FILE = Path.of("src", "test", "resources", "client-queries.txt");
    private static final int SHOWN_ROWS = 12;
    private static final Principal READER = new Principal("alice", Optional.of("acme"), Set.of(Role.READER));
    private static DemoGraph graph;

    @BeforeAll
    static void open() {
        graph = DemoGraph.open();
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    /** A query under a title with the rows that it gives. */
    private record ClientQuery(String title, String query, String expected) {
        static ClientQuery of(String block) {
            String[] parts = block.split("\n---\n", 2);
            String[] head = parts[0].split("\n", 2);
            return new ClientQuery(head[0], head[1].strip(), parts[1].strip());
        }

        String text(String rows) {
            return "# " + title + "\n" + query + "\n---\n" + rows + "\n";
        }
    }

    @TestFactory
    Stream<DynamicTest> clientsGetTheirRows() throws IOException {
        List<ClientQuery> queries = read();
        assertThat(queries).hasSizeGreaterThan(30);
        if (System.getProperty("cases.update") != null) {
            Files.writeString(
                    FILE,
                    queries.stream().map(query -> query.text(answer(query))).collect(Collectors.joining("\n")));
            queries = read();
        }
        return queries.stream()
                .map(query -> DynamicTest.dynamicTest(
                        query.title(),
                        () -> assertThat(answer(query)).as(query.query()).isEqualTo(query.expected())));
    }

    private static List<ClientQuery> read() throws IOException {
        return Stream.of(Files.readString(FILE).split("(?m)^# "))
                .filter(block -> !block.isBlank())
                .map(ClientQuery::of)
                .toList();
    }

    private static String answer(ClientQuery query) {
        List<String> rows = graph.askWith(query.query(), parameters(), READER).rows();
        List<String> shown = new ArrayList<>(rows.stream().limit(SHOWN_ROWS).toList());
        if (rows.size() > SHOWN_ROWS) {
            shown.add("... " + rows.size() + " rows");
        }
        return shown.isEmpty() ? "no rows" : String.join("\n", shown);
    }

    /** What the clients send with them. */
    private static Map<String, Value> parameters() {
        Map<String, Value> parameters = new HashMap<>();
        parameters.put("db", Value.of("clawtrace"));
        parameters.put("name", Value.NULL);
        parameters.put("n", Value.of(100L));
        parameters.put("limit", Value.of(5L));
        parameters.put("labels", Value.of(List.of(Value.of("Trace"))));
        parameters.put(
                "metrics",
                Value.of(List.of(new Value.MapValue(Map.of("name", Value.of("neo4j.metrics:name=store.size"))))));
        return parameters;
    }
}
