package io.spangraph.server.bolt.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.server.bolt.client.BoltTestClient;
import io.spangraph.server.bolt.client.TestCertificate;
import io.spangraph.server.bolt.client.WebSocketStreams;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.config.ServerConfiguration.Certificate;
import io.spangraph.server.config.ServerConfiguration.Tls;
import io.spangraph.server.config.ServerConfiguration.TlsUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to open a connection, each on the same port. */
class OpeningsTest {
    private static final ProtocolVersion V6_1 = ProtocolVersion.V6_1;
    private static final Map<String, Object> NONE = Map.of("scheme", "none");

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;

    private final ScriptedSession.Log log = new ScriptedSession.Log();
    private BoltServer server = start(TlsUse.OPTIONAL, true);

    @BeforeAll
    static void makeCertificate() {
        certificate = TestCertificate.in(folder);
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(log.closed).hasValue(log.opened.get());
    }

    private BoltServer start(TlsUse use, boolean localPagesOnly) {
        Tls tls = new Tls(use, Optional.of(certificate.files()));
        BoltSettings settings =
                new BoltSettings("127.0.0.1", 0, tls, 100, 1 << 20, Duration.ofMinutes(1), localPagesOnly);
        return BoltServer.start(settings, connection -> new ScriptedSession(connection, log));
    }

    private void restart(TlsUse use, boolean localPagesOnly) {
        server.close();
        server = start(use, localPagesOnly);
    }

    private static void talk(BoltTestClient client) {
        String longText = "z".repeat(200_000);
        client.agree(V6_1);
        client.logIn(V6_1, NONE);
        client.send(BoltTestClient.RUN, "RETURN $x", Map.of("x", longText), Map.of());
        assertThat(client.receiveSuccess()).isEqualTo(Map.of("x", longText));
        client.send(BoltTestClient.PULL, Map.of("n", 50_000));
        assertThat(client.receiveRows()).hasSize(50_001);
        client.send(BoltTestClient.GOODBYE);
        assertThat(client.readToEnd()).isZero();
    }

    @Test
    void tlsAndPlainOnOnePort() {
        try (BoltTestClient encrypted = BoltTestClient.connectByTls(server.port(), certificate.trust());
                BoltTestClient plain = BoltTestClient.connect(server.port())) {
            talk(encrypted);
            talk(plain);
        }
    }

    @Test
    void requiredTlsRefusesWhatIsPlain() {
        restart(TlsUse.REQUIRED, true);
        try (BoltTestClient encrypted = BoltTestClient.connectByTls(server.port(), certificate.trust());
                BoltTestClient plain = BoltTestClient.connect(server.port());
                BoltTestClient page = BoltTestClient.connect(server.port())) {
            talk(encrypted);
            plain.writeBytes(new byte[] {0x60, 0x60, (byte) 0xB0, 0x17});
            assertThat(plain.readToEnd()).isZero();
            page.writeBytes("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(page.readToEnd()).isZero();
        }
    }

    @Test
    void disabledTlsRefusesWhatIsEncrypted() {
        restart(TlsUse.DISABLED, true);
        BoltTestClient encrypted = BoltTestClient.connectByTls(server.port(), certificate.trust());

        assertThatThrownBy(() -> encrypted.agree(V6_1)).isInstanceOf(UncheckedIOException.class);
        encrypted.close();
    }

    @Test
    void boltInAWebSocket() {
        try (BoltTestClient client = BoltTestClient.connectByWebSocket(server.port())) {
            talk(client);
        }
    }

    @Test
    void boltInAWebSocketWithinTls() {
        try (BoltTestClient client = BoltTestClient.connectByEncryptedWebSocket(server.port(), certificate.trust())) {
            talk(client);
        }
    }

    @Test
    void theAnswerToAWebSocketHasTheProtocolAskedForAndNoExtensions() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            List<String> answer = WebSocketStreams.open(socket, Map.of("Sec-WebSocket-Protocol", "bolt, other"))
                    .answer();

            assertThat(answer.getFirst()).isEqualTo("HTTP/1.1 101 Switching Protocols");
            assertThat(answer)
                    .anyMatch(line -> line.equalsIgnoreCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
                    .anyMatch(line -> line.equalsIgnoreCase("sec-websocket-protocol: bolt"))
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains("extensions"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:7474", "http://127.0.0.1", "https://[::1]:8080"})
    void pagesOfThisMachineMayConnectToAnOpenServer(String origin) throws IOException {
        assertThat(statusFor(origin)).isEqualTo("HTTP/1.1 101 Switching Protocols");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "null", "http://localhost.example.com", "::"})
    void otherPagesMayNot(String origin) throws IOException {
        assertThat(statusFor(origin)).isEqualTo("HTTP/1.1 403 Forbidden");
        restart(TlsUse.OPTIONAL, false);
        assertThat(statusFor(origin)).isEqualTo("HTTP/1.1 101 Switching Protocols");
    }

    private String statusFor(String origin) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            return WebSocketStreams.open(socket, Map.of("Origin", origin))
                    .answer()
                    .getFirst();
        }
    }

    @Test
    void aPageIsToldWhatThePortIs() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).startsWith("This port speaks Bolt.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n\r\n",
                "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n",
                "GET nonsense\r\n\r\n"
            })
    void wrongRequestsAreAnsweredAndClosed(String request) {
        try (BoltTestClient client = BoltTestClient.connect(server.port())) {
            client.writeBytes(request.getBytes(StandardCharsets.US_ASCII));

            assertThat(client.readToEnd()).isPositive();
        }
    }

    @Test
    void aWebSocketThatIsClosedWithoutAWordIsNoError() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            WebSocketStreams streams = WebSocketStreams.open(socket, Map.of());
            socket.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});

            assertThat(streams.input().read()).isEqualTo(-1);
        }
    }

    @Test
    void pingsAreAnsweredAndTextsAreNotTaken() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            WebSocketStreams.open(socket, Map.of());
            socket.getOutputStream().write(new byte[] {(byte) 0x89, (byte) 0x81, 0, 0, 0, 0, 'x'});
            assertThat(socket.getInputStream().readNBytes(3)).containsExactly(0x8A, 1, 'x');

            socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x'});
            assertThat(socket.getInputStream().read()).isEqualTo(0x88);
        }
    }

    @Test
    void aCertificateThatCannotBeUsedIsNamed() {
        Path missing = folder.resolve("missing.pem");
        Tls tls = new Tls(TlsUse.OPTIONAL, Optional.of(new Certificate(missing, missing)));
        BoltSettings settings = new BoltSettings("127.0.0.1", 0, tls, 1, 1, Duration.ofMinutes(1), true);

        assertThatThrownBy(() -> BoltServer.start(settings, connection -> new ScriptedSession(connection, log)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("The certificate " + missing + " with the key " + missing + " cannot be used: ");
    }
}
