package io.spangraph.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every client with every feature that it can use. The Java drivers run in each build, all clients with
 * {@code -Dfull=true}; {@code -Dcases.update=true} then writes the matrix of docs/clients.md anew.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(900)
class ClientsTest {
    private static final boolean FULL = Boolean.getBoolean("full");
    private static final boolean UPDATE = Boolean.getBoolean("cases.update");
    private static final String HEAP = "256m";

    @TempDir
    private static Path folder;

    private static TestLake lake;

    @BeforeAll
    static void start() throws IOException {
        lake = TestLake.start(folder, HEAP);
    }

    @AfterAll
    static void stop() throws IOException {
        lake.close();
    }

    @TestFactory
    Stream<DynamicNode> clients() throws IOException, InterruptedException {
        Matrix matrix = new Matrix();
        List<DynamicNode> nodes = new ArrayList<>();
        for (Client client : Client.ALL) {
            if (FULL || client.always()) {
                Map<Feature, String> results = run(client);
                matrix.add(client, results);
                nodes.add(container(client, results));
            }
        }
        nodes.add(DynamicTest.dynamicTest("the matrix in docs/clients.md", () -> {
            if (FULL && UPDATE) {
                matrix.write();
            }
            assertThat(matrix.missing())
                    .as("lines to write with -Dfull=true -Dcases.update=true")
                    .isEmpty();
        }));
        nodes.add(DynamicTest.dynamicTest("the server is well", () -> {
            assertThat(lake.server().isAlive()).isTrue();
            assertThat(lake.server().runningQueries()).isZero();
            assertThat(lake.server().log()).noneMatch(line -> line.contains("ERROR"));
        }));
        return nodes.stream();
    }

    private static Map<Feature, String> run(Client client) throws IOException, InterruptedException {
        try (DroppingProxy bolt = new DroppingProxy(lake.server().boltPort());
                DroppingProxy http = new DroppingProxy(lake.server().httpPort())) {
            DroppingProxy used = client.kind() == Client.Kind.JDBC_HTTP ? http : bolt;
            List<String> command = client.command(bolt.port(), http.port());
            return client.kind() == Client.Kind.SHELL
                    ? ShellRun.run(command, lake.server(), lake.tables(), used)
                    : new ClientRun(lake.server(), lake.tables(), used).run(command);
        }
    }

    private static DynamicContainer container(Client client, Map<Feature, String> results) {
        Stream<DynamicTest> features = results.entrySet().stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.getKey().title(),
                        () -> assertThat(result.getValue()).isEmpty()));
        Stream<DynamicTest> any = Stream.of(DynamicTest.dynamicTest(
                "has done something", () -> assertThat(results).isNotEmpty()));
        return DynamicContainer.dynamicContainer(client.title(), Stream.concat(any, features));
    }
}
