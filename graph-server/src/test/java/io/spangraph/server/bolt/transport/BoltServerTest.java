package io.spangraph.server.bolt.transport;

import static io.spangraph.server.bolt.client.BoltTestClient.GOODBYE;
import static io.spangraph.server.bolt.client.BoltTestClient.HELLO;
import static io.spangraph.server.bolt.client.BoltTestClient.LOGON;
import static io.spangraph.server.bolt.client.BoltTestClient.MANIFEST_V1;
import static io.spangraph.server.bolt.client.BoltTestClient.PULL;
import static io.spangraph.server.bolt.client.BoltTestClient.RESET;
import static io.spangraph.server.bolt.client.BoltTestClient.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.spangraph.server.bolt.client.BoltAnswer;
import io.spangraph.server.bolt.client.BoltTestClient;
import io.spangraph.server.bolt.client.PackedStructure;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.config.ServerConfiguration.Tls;
import io.spangraph.server.config.ServerConfiguration.TlsUse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoltServerTest {
    private static final int MESSAGE_BYTES = 1 << 20;
    private static final Map<String, Object> NONE = Map.of("scheme", "none");
    private static final Map<String, Object> AGENT = Map.of("user_agent", "test/1");

    private final ScriptedSession.Log log = new ScriptedSession.Log();
    private BoltServer server = start(100, Duration.ofMinutes(1));

    private BoltServer start(int connections, Duration loginTime) {
        BoltSettings settings = new BoltSettings(
                "127.0.0.1",
                0,
                new Tls(TlsUse.OPTIONAL, Optional.empty()),
                connections,
                MESSAGE_BYTES,
                loginTime,
                false);
        return BoltServer.start(settings, connection -> new ScriptedSession(connection, log));
    }

    private void restart(int connections, Duration loginTime) {
        server.close();
        server = start(connections, loginTime);
    }

    @AfterEach
    void closesEverySession() {
        server.close();
        assertThat(log.closed).hasValue(log.opened.get());
        assertThat(server.connections()).isZero();
    }

    /** Slots of a client, and the answer, as recorded or as the specification wants it. */
    @ParameterizedTest
    @CsvSource({
        "00080805, 00020404, 00000003, 00000000, 00000805",
        "00020805, 00040405, 00000000, 00000000, 00000805",
        "00040405, 00080805, 00000000, 00000000, 00000405",
        "00000505, 00000004, 00000404, 00000000, 00000404",
        "00030805, 00000000, 00000000, 00000000, 00000805",
        "00000505, 00000305, 00000000, 00000000, 00000305",
        "000002ff, 00000005, 00000000, 00000000, 00000005",
        "00000505, 00000003, 00000007, 00000000, 00000000",
        "00000000, 00000000, 00000000, 00000000, 00000000"
    })
    void agreesOnTheFirstSlotThatFitsAndItsHighestMinor(
            String first, String second, String third, String fourth, String answer) {
        try (BoltTestClient client = BoltTestClient.connect(server.port())) {
            int agreed = client.handshake(hex(first), hex(second), hex(third), hex(fourth));

            assertThat(agreed).isEqualTo(hex(answer));
            if (agreed == 0) {
                assertThat(client.readToEnd()).isZero();
            }
        }
    }

    @Test
    void listsItsVersionsToClientsOfTheManifest() {
        try (BoltTestClient client = BoltTestClient.connect(server.port())) {
            int answer = client.handshake(MANIFEST_V1, 0x0008_0805, 0x0002_0404, 0x0000_0003);

            assertThat(answer).isEqualTo(MANIFEST_V1);
            assertThat(client.readManifest()).containsExactly(0x0001_0106, 0x0002_0805, 0x0004_0405, 0x0000_0404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000050500",
                "0000020600",
                "0001010600",
                "0000000000",
                "000001068001",
                "ffffffffffffffffffffffffff"
            })
    void closesWhenAClientChoosesWhatWasNotOffered(String choice) {
        try (BoltTestClient client = BoltTestClient.connect(server.port())) {
            client.handshake(MANIFEST_V1, 0, 0, 0);
            client.readManifest();
            client.writeBytes(java.util.HexFormat.of().parseHex(choice));

            assertThat(client.readToEnd()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1", "6.0", "5.8", "5.7", "5.6", "5.4", "5.3", "5.2", "5.1", "5.0", "4.4"})
    void talksInEachVersion(String text) {
        ProtocolVersion version = version(text);
        try (BoltTestClient client = BoltTestClient.open(server.port(), version)) {
            client.logIn(version, NONE);
            client.send(RUN, "RETURN 1", Map.of("x", List.of(1, "two")), Map.of())
                    .send(PULL, Map.of("n", 2));

            assertThat(client.receiveSuccess()).isEqualTo(Map.of("x", List.of(1L, "two")));
            assertThat(client.receiveRows()).hasSize(3);
            client.send(GOODBYE);
            assertThat(client.readToEnd()).isZero();
        }
    }

    @Test
    void losesNothingOfWhatComesDirectlyBehindTheHandshake() {
        try (BoltTestClient client = BoltTestClient.connect(server.port())) {
            client.handshake(MANIFEST_V1, 0, 0, 0);
            client.readManifest();
            client.writeBytes(new byte[] {0, 0, 1, 6, 0}).send(HELLO, AGENT).send(LOGON, NONE);

            assertThat(client.receiveSuccess()).containsEntry("connection_id", "bolt-1");
            client.receiveSuccess();
        }
    }

    @Test
    void takesAllOfItByteByByte() {
        try (BoltTestClient client = BoltTestClient.connect(server.port()).inChunksOf(1)) {
            client.agree(ProtocolVersion.V5_4);
            client.logIn(ProtocolVersion.V5_4, NONE);
            client.writeBytes(new byte[6]); // three signs of life between messages
            client.send(RUN, "RETURN $x", Map.of("x", "y".repeat(1000)), Map.of());

            assertThat(client.receiveSuccess()).isEqualTo(Map.of("x", "y".repeat(1000)));
        }
    }

    @Test
    void splitsMessagesThatAreLongerThanAChunk() {
        try (BoltTestClient client = opened()) {
            for (int length : new int[] {65_500, 65_526, 65_527, 65_528, 65_529, 65_540, 500_000}) {
                String text = "z".repeat(length);
                client.send(RUN, "RETURN $x", Map.of("x", text), Map.of());
                assertThat(client.receiveSuccess()).isEqualTo(Map.of("x", text));
            }
        }
    }

    @Test
    void aMessageThatIsTooLongNamesTheLimit() {
        try (BoltTestClient client = opened()) {
            client.send(RUN, "RETURN $x", Map.of("x", "z".repeat(MESSAGE_BYTES)), Map.of());

            BoltAnswer answer = client.receive();
            assertThat(answer.code()).isEqualTo("Neo.ClientError.Request.Invalid");
            assertThat(answer.message())
                    .isEqualTo("The message is longer than 1048576 bytes, which is as much as limits.request-bytes"
                            + " allows.");
            assertThat(client.readToEnd()).isZero();
        }
    }

    @Test
    void strangersMaySendLess() {
        try (BoltTestClient client = BoltTestClient.open(server.port(), ProtocolVersion.V6_1)) {
            client.send(HELLO, Map.of("user_agent", "z".repeat(70_000)));

            assertThat(client.receive().message()).contains("before it has logged in");
            assertThat(client.readToEnd()).isZero();
        }
    }

    @Test
    void whatIsNoMessageIsAnsweredAndNothingBehindItIsRead() {
        try (BoltTestClient client = opened()) {
            client.send(RUN, 1).send(RESET).send(RESET);

            assertThat(client.receive().message()).isEqualTo("Not a RUN of Bolt 6.1: it has 1 fields in place of 3.");
            assertThat(client.readToEnd()).isZero();
            assertThat(log.requests).noneMatch(BoltRequest.Reset.class::isInstance);
        }
    }

    @Test
    void aRefusedParameterLeavesTheConnectionOpen() {
        try (BoltTestClient client = opened()) {
            client.send(RUN, "RETURN $x", Map.of("x", PackedStructure.of(0x58, 4326, 1.0, 2.0)), Map.of())
                    .send(RESET);

            assertThat(client.receive().message())
                    .isEqualTo("Invalid value of parameter 'x': a point cannot be a parameter.");
            client.receiveSuccess();
        }
    }

    @Test
    void dateTimesOfVersion4AreInUtcOnceAgreed() {
        PackedStructure utc = PackedStructure.of(0x49, 4500L, 42L, 3600L);
        PackedStructure legacy = PackedStructure.of(0x46, 8100L, 42L, 3600L);
        for (boolean patch : new boolean[] {true, false}) {
            try (BoltTestClient client = BoltTestClient.open(server.port(), ProtocolVersion.V4_4)) {
                client.send(HELLO, Map.of("user_agent", "t/1", "patch_bolt", patch ? List.of("utc") : List.of()));
                client.receiveSuccess();
                client.send(RUN, "RETURN $x", Map.of("x", patch ? utc : legacy), Map.of());

                assertThat(client.receiveSuccess()).isEqualTo(Map.of("x", patch ? utc : legacy));
            }
        }
    }

    @Test
    void refusesConnectionsBeyondTheLimitAndTakesThemAgainBelowIt() {
        restart(2, Duration.ofMinutes(1));
        BoltTestClient first = opened();
        try (BoltTestClient second = opened()) {
            second.send(RESET);
            second.receiveSuccess();
            try (BoltTestClient third = BoltTestClient.connect(server.port())) {
                assertThat(third.readByte()).isEqualTo(-1);
            }
            first.close();
            await().until(() -> server.connections() == 1);
            try (BoltTestClient third = opened()) {
                third.send(RESET);
                third.receiveSuccess();
            }
        }
    }

    @Test
    void closesConnectionsThatDoNotLogInInTime() {
        restart(100, Duration.ofMillis(200));
        List<BoltTestClient> slow = new ArrayList<>();
        slow.add(BoltTestClient.connect(server.port()));
        slow.add(BoltTestClient.connect(server.port()).writeBytes(new byte[] {0x60, 0x60}));
        slow.add(BoltTestClient.connect(server.port())
                .writeBytes("GET / HT".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        slow.add(BoltTestClient.open(server.port(), ProtocolVersion.V6_1));
        slow.add(BoltTestClient.open(server.port(), ProtocolVersion.V6_1).send(HELLO, AGENT));

        for (BoltTestClient client : slow) {
            client.readToEnd();
            client.close();
        }
        await().until(() -> server.connections() == 0);
    }

    @Test
    void keepsConnectionsThatLoggedInInTime() {
        restart(100, Duration.ofMillis(500));
        try (BoltTestClient client = opened();
                BoltTestClient stranger = BoltTestClient.connect(server.port())) {
            stranger.readToEnd();
            client.send(RESET);
            client.receiveSuccess();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6",
                "POST / HTTP/1.1",
                "\u0000\u0000\u0000\u0000\u0000",
                "\u0016\u0003\u0001\u0002"
            })
    void closesWhatOpensWithAnythingElse(String opening) {
        try (BoltTestClient client = BoltTestClient.connect(server.port())) {
            client.writeBytes(opening.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

            assertThat(client.readToEnd()).isZero();
        }
    }

    @Test
    void sendsWhatWasWrittenBeforeItStops() {
        BoltTestClient client = opened();
        client.send(PULL, Map.of("n", 10_000));
        client.flush();
        await().until(() -> log.requests.stream().anyMatch(BoltRequest.Pull.class::isInstance));
        Thread closing = Thread.ofPlatform().start(server::close);

        assertThat(client.receiveRows()).hasSize(10_001);
        assertThat(client.readToEnd()).isZero();
        client.close();
        await().until(() -> !closing.isAlive());
    }

    @Test
    void saysWhenItsPortIsTaken() {
        BoltSettings taken = new BoltSettings(
                "127.0.0.1",
                server.port(),
                new Tls(TlsUse.DISABLED, Optional.empty()),
                1,
                1,
                Duration.ofSeconds(1),
                false);

        assertThatThrownBy(() -> BoltServer.start(taken, connection -> new ScriptedSession(connection, log)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot listen on 127.0.0.1:" + server.port() + ": the port is in use.");
    }

    private BoltTestClient opened() {
        BoltTestClient client = BoltTestClient.open(server.port(), ProtocolVersion.V6_1);
        client.logIn(ProtocolVersion.V6_1, NONE);
        return client;
    }

    private static ProtocolVersion version(String text) {
        String[] parts = text.split("\\.");
        return new ProtocolVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    private static int hex(String text) {
        return Integer.parseUnsignedInt(text, 16);
    }
}
