package io.spangraph.server.bolt.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.Principal.Role;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import io.spangraph.server.auth.Authenticator;
import io.spangraph.server.auth.PasswordVerifier;
import io.spangraph.server.bolt.client.BoltAnswer;
import io.spangraph.server.bolt.client.BoltTestClient;
import io.spangraph.server.bolt.client.TestCertificate;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.bolt.session.BoltDoor;
import io.spangraph.server.bolt.session.SessionSettings;
import io.spangraph.server.bolt.transport.BoltServer;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.query.QueryService;
import io.spangraph.server.query.ScriptedGraph;
import io.spangraph.server.telemetry.QueryMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a client sends: the server answers as the protocol wants it or closes, logs no error, keeps no buffer,
 * thread, query or connection, and serves the next client.
 */
class DamagedStreamsTest {
    private static final int STREAMS = Boolean.getBoolean("full") ? 100_000 : 5_000;
    private static final int CLIENTS = 48;
    private static final Principal EVERYBODY = new Principal("test", Optional.empty(), EnumSet.allOf(Role.class));

    private final ScriptedGraph graph = new ScriptedGraph()
            .endless("endless")
            .answer("one", List.of("n"), List.of(List.of(Value.of(1L))))
            .answer("three", List.of("n"), List.of(List.of(Value.of(1L)), List.of(Value.of(2L)), List.of(Value.of(3L))))
            .answer(
                    "rows",
                    List.of("n"),
                    context -> LongStream.range(0, 10_000)
                            .mapToObj(n -> List.of(Value.of(n)))
                            .iterator())
            .answer("breaks", List.of("n"), context -> {
                throw QueryException.of(QueryErrorCode.ARITHMETIC_ERROR, "/ by zero");
            });

    private final AtomicInteger successes = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger malformed = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    @Test
    void endInAnAnswerOrAClose(@TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        ServerConfiguration configuration = configuration(certificate);
        QueryMetrics metrics = new QueryMetrics();
        try (LogWatch log = new LogWatch();
                QueryService service = new QueryService(
                        CompletableFuture.completedFuture(graph.serve()),
                        configuration.limits(),
                        configuration.slowQuery(),
                        Execution.SEQUENTIAL,
                        metrics);
                BoltDoor door = door(configuration, service, metrics);
                BoltServer server = BoltServer.start(configuration, 0, door)) {
            door.listensAt("localhost:" + server.port());
            FuzzClient client = new FuzzClient(server.port(), certificate.trust());

            sendAll(client, 0, STREAMS / 10);
            int threads = Thread.activeCount();
            sendAll(client, STREAMS / 10, STREAMS);

            await().atMost(Duration.ofMinutes(1)).until(() -> server.connections() == 0);
            await().until(() -> service.list(EVERYBODY).isEmpty());
            goodClients(server.port(), certificate);
            provokeLeakReports(server.port());

            assertThat(faults).isEmpty();
            assertThat(log.events()).isEmpty();
            assertThat(Thread.activeCount())
                    .isLessThanOrEqualTo(threads + configuration.limits().concurrentQueries());
        }
        // Otherwise the streams are too much or too little damaged to say anything.
        assertThat(successes).hasValueGreaterThan(STREAMS / 2);
        assertThat(failures).hasValueGreaterThan(STREAMS / 5);
        assertThat(malformed).hasValueGreaterThan(STREAMS / 10);
    }

    private static ServerConfiguration configuration(TestCertificate certificate) {
        return ConfigurationReader.read(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "server.tls.certificate", certificate.files().chain().toString(),
                        "server.tls.key", certificate.files().key().toString(),
                        "limits.concurrent-queries", "4"));
    }

    private static BoltDoor door(ServerConfiguration configuration, QueryService service, QueryMetrics metrics) {
        Authenticator authenticator = new Authenticator(configuration.users(), new PasswordVerifier());
        return new BoltDoor(
                service,
                authenticator,
                new SessionSettings(
                        "Neo4j/5.26.0 (Spangraph test)",
                        UnknownNames.WARN,
                        configuration.limits().connectionResults()),
                metrics);
    }

    private void sendAll(FuzzClient client, int from, int to) throws Exception {
        AtomicInteger next = new AtomicInteger(from);
        List<Future<?>> senders = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                senders.add(executor.submit(() -> {
                    for (int seed = next.getAndIncrement(); seed < to; seed = next.getAndIncrement()) {
                        send(client, seed);
                    }
                }));
            }
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
    }

    private void send(FuzzClient client, int seed) {
        try {
            List<BoltAnswer> answers = client.send(seed);
            if (answers.stream().anyMatch(BoltAnswer::isSuccess)) {
                successes.incrementAndGet();
            }
            if (answers.stream().anyMatch(BoltAnswer::isFailure)) {
                failures.incrementAndGet();
            }
            if (!answers.isEmpty()
                    && answers.getLast().isFailure()
                    && answers.getLast().code().equals("Neo.ClientError.Request.Invalid")) {
                malformed.incrementAndGet();
            }
        } catch (Exception | AssertionError e) {
            faults.add("seed " + seed + ": " + e);
        }
    }

    /** Each opening still serves a client that does everything right. */
    private static void goodClients(int port, TestCertificate certificate) {
        List<BoltTestClient> clients = List.of(
                BoltTestClient.connect(port),
                BoltTestClient.connectByTls(port, certificate.trust()),
                BoltTestClient.connectByWebSocket(port));
        for (BoltTestClient client : clients) {
            client.agree(ProtocolVersion.V6_1);
            client.logIn(ProtocolVersion.V6_1, Map.of("scheme", "none"));
            client.send(BoltTestClient.RUN, "three", Map.of(), Map.of()).send(BoltTestClient.PULL, Map.of("n", -1));
            assertThat(client.receiveSuccess()).containsEntry("fields", List.of("n"));
            assertThat(client.receiveRows()).hasSize(4);
            client.close();
        }
    }

    /** A buffer that was lost is noticed when it has been collected and others are taken. */
    private static void provokeLeakReports(int port) {
        for (int i = 0; i < 10; i++) {
            System.gc();
            try (BoltTestClient client = BoltTestClient.open(port, ProtocolVersion.V6_1)) {
                client.logIn(ProtocolVersion.V6_1, Map.of("scheme", "none"));
            }
        }
    }
}
