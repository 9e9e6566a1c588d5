package io.spangraph.server.bolt.fuzz;

import io.spangraph.server.bolt.client.BoltAnswer;
import io.spangraph.server.bolt.client.WebSocketStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Sends one stream and reads until the server closes. When the server waits for more, as it may in the middle of a
 * damaged message, the client says that there is no more; then the server has to close.
 */
final class FuzzClient {
    private static final int WAITING_MILLIS = 100;
    private static final int HANGING_MILLIS = 60_000;
    private static final int FRAME_BYTES = 3000;

    private final int port;
    private final SSLContext trust;

    FuzzClient(int port, SSLContext trust) {
        this.port = port;
        this.trust = trust;
    }

    /** The answers, as far as they can be read; throws when they are wrong or do not end. */
    List<BoltAnswer> send(long seed) throws IOException {
        StreamGenerator generator = new StreamGenerator(seed);
        byte[] stream = generator.stream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(WAITING_MILLIS);
            return switch (generator.choose(20)) {
                case 0 -> byTls(socket, stream);
                case 1 -> {
                    send(socket, generator.damage(clientHello()));
                    drain(socket, socket.getInputStream());
                    yield List.of();
                }
                case 2, 3 -> {
                    byWebSocket(socket, generator, stream);
                    yield List.of();
                }
                default -> {
                    send(socket, stream);
                    yield AnswerChecker.check(drain(socket, socket.getInputStream()));
                }
            };
        }
    }

    private List<BoltAnswer> byTls(Socket socket, byte[] stream) throws IOException {
        socket.setSoTimeout(HANGING_MILLIS);
        try (Socket encrypted = trust.getSocketFactory().createSocket(socket, "localhost", port, false)) {
            send(encrypted, stream);
            socket.setSoTimeout(WAITING_MILLIS);
            return AnswerChecker.check(drain(socket, encrypted.getInputStream()));
        }
    }

    /** The beginning of a TLS handshake of a common form. */
    private static byte[] clientHello() {
        return java.util.HexFormat.of()
                .parseHex("160301004f0100004b0303" + "5a".repeat(32)
                        + "000004c02bc02f0100001e000a00060004001d0017000b00020100000d000a000804030401080408070000");
    }

    /** What is damaged are the bytes within the frames, the frames, or the request for the upgrade. */
    private static void byWebSocket(Socket socket, StreamGenerator generator, byte[] stream) throws IOException {
        if (generator.choose(4) == 0) {
            String request = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
            send(socket, generator.damage(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        } else {
            socket.setSoTimeout(HANGING_MILLIS);
            WebSocketStreams.open(socket, Map.of());
            socket.setSoTimeout(WAITING_MILLIS);
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int start = 0; start < stream.length; start += FRAME_BYTES) {
            int end = Math.min(stream.length, start + FRAME_BYTES);
            frames.writeBytes(WebSocketStreams.frame(java.util.Arrays.copyOfRange(stream, start, end)));
        }
        byte[] bytes = frames.toByteArray();
        send(socket, generator.choose(2) == 0 ? generator.damage(bytes) : bytes);
        drain(socket, socket.getInputStream());
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The server has closed before it had read all of it, as it may.
        }
    }

    private static byte[] drain(Socket socket, InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        boolean waiting = true;
        while (true) {
            try {
                int count = in.read(buffer);
                if (count < 0) {
                    return all.toByteArray();
                }
                all.write(buffer, 0, count);
            } catch (SocketTimeoutException e) {
                if (!waiting) {
                    throw new AssertionError("the server does not close", e);
                }
                waiting = false;
                socket.setSoTimeout(HANGING_MILLIS);
                socket.shutdownOutput();
            } catch (IOException e) {
                return all.toByteArray(); // reset, or no clean end of TLS
            }
        }
    }
}
