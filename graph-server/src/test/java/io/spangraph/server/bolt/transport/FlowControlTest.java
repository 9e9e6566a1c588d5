package io.spangraph.server.bolt.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.client.BoltTestClient;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.message.BoltResponse;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.config.ServerConfiguration.Tls;
import io.spangraph.server.config.ServerConfiguration.TlsUse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that reads slowly holds up its own answers, and a session that is busy its own requests. */
class FlowControlTest {
    private static final int ROWS = 20_000;
    private static final Value TEXT = Value.of("x".repeat(5000));

    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private volatile Optional<BoltConnection> connection = Optional.empty();

    private final BoltServer server = BoltServer.start(
            new BoltSettings(
                    "127.0.0.1",
                    0,
                    new Tls(TlsUse.DISABLED, Optional.empty()),
                    10,
                    1 << 20,
                    Duration.ofMinutes(1),
                    true),
            opened -> {
                connection = Optional.of(opened);
                opened.authenticated();
                return new RowsAsTheyFit(opened);
            });

    @AfterEach
    void stop() {
        server.close();
    }

    /** Writes rows for PULL while there is room, and stops to read at the third RESET. */
    private final class RowsAsTheyFit implements BoltSession {
        private final BoltConnection own;
        private int left;

        RowsAsTheyFit(BoltConnection own) {
            this.own = own;
        }

        @Override
        public void received(BoltRequest request) {
            if (request instanceof BoltRequest.Pull) {
                left = ROWS;
                writable();
            } else if (received.incrementAndGet() == 3) {
                own.readRequests(false);
            }
        }

        @Override
        public void writable() {
            while (left > 0 && own.isWritable()) {
                own.write(new BoltResponse.Record(List.of(TEXT)));
                left--;
                written.incrementAndGet();
                if (left == 0) {
                    own.write(new BoltResponse.Success(Map.of()));
                }
            }
            own.flush();
        }

        @Override
        public void malformed(MalformedMessageException problem) {
            own.abort();
        }

        @Override
        public void closed() {}
    }

    @Test
    void writingPausesUntilTheClientReads() {
        try (BoltTestClient client = BoltTestClient.open(server.port(), ProtocolVersion.V6_1)) {
            client.send(BoltTestClient.PULL, Map.of("n", -1));
            client.flush();
            await().until(() -> connection.filter(open -> !open.isWritable()).isPresent());
            int stopped = written.get();

            assertThat(stopped).isLessThan(ROWS);
            assertThat(client.receiveRows()).hasSize(ROWS + 1);
            assertThat(written).hasValue(ROWS);
        }
    }

    @Test
    void requestsWaitWhileTheSessionDoesNotWantThem() {
        try (BoltTestClient client = BoltTestClient.open(server.port(), ProtocolVersion.V6_1)) {
            for (int i = 0; i < 10; i++) {
                client.send(BoltTestClient.RESET);
            }
            client.flush();
            await().until(() -> received.get() >= 3);
            assertThat(received).hasValue(3);

            connection.orElseThrow().readRequests(true);
            await().until(() -> received.get() == 10);
        }
    }

    @Test
    void signsOfLifeArriveBetweenAnswers() {
        try (BoltTestClient client = BoltTestClient.open(server.port(), ProtocolVersion.V6_1)) {
            client.send(BoltTestClient.RESET);
            client.flush();
            await().until(() -> received.get() == 1);
            connection.orElseThrow().writeNoop();
            assertThat(client.readByte()).isZero();
            assertThat(client.readByte()).isZero();
        }
    }

    @Test
    void whatIsWrittenAfterTheEndIsDropped() {
        try (BoltTestClient client = BoltTestClient.open(server.port(), ProtocolVersion.V6_1)) {
            client.send(BoltTestClient.RESET);
            client.flush();
            await().until(() -> received.get() == 1);
            connection.orElseThrow().write(new BoltResponse.Ignored());
            connection.orElseThrow().close();
            connection.orElseThrow().close();
            connection.orElseThrow().write(new BoltResponse.Ignored());
            connection.orElseThrow().flush();

            assertThat(client.receive().isIgnored()).isTrue();
            assertThat(client.readToEnd()).isZero();
        }
    }
}
