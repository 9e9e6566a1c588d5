package io.spangraph.server.bolt.client;

import io.spangraph.server.bolt.message.ProtocolVersion;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A Bolt client without any cleverness: it sends what it is told, also what is wrong. Messages are collected until
 * {@link #flush()}, {@link #receive()} or anything that reads.
 */
public final class BoltTestClient implements AutoCloseable {
    public static final int HELLO = 0x01;
    public static final int GOODBYE = 0x02;
    public static final int RESET = 0x0F;
    public static final int RUN = 0x10;
    public static final int BEGIN = 0x11;
    public static final int COMMIT = 0x12;
    public static final int ROLLBACK = 0x13;
    public static final int DISCARD = 0x2F;
    public static final int PULL = 0x3F;
    public static final int TELEMETRY = 0x54;
    public static final int ROUTE = 0x66;
    public static final int LOGON = 0x6A;
    public static final int LOGOFF = 0x6B;

    public static final int MAGIC = 0x6060_B017;
    public static final int MANIFEST_V1 = 0x0000_01FF;

    /** A read that takes longer has hung. */
    private static final int READ_TIMEOUT_MILLIS = 60_000;

    /** Fixed, or the system would take in megabytes for a client that does not read. */
    private static final int RECEIVE_BUFFER_BYTES = 1 << 16;

    private static final int LARGEST_CHUNK = 0xFFFF;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int chunk = LARGEST_CHUNK;

    private BoltTestClient(Socket socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        this.out = new DataOutputStream(out);
    }

    /** A connection without a handshake. */
    public static BoltTestClient connect(int port) {
        try {
            return over(open(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BoltTestClient connectByTls(int port, SSLContext trust) {
        try {
            Socket plain = open(port);
            return over(trust.getSocketFactory().createSocket(plain, "localhost", port, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BoltTestClient connectByWebSocket(int port) {
        try {
            return overWebSocket(open(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BoltTestClient connectByEncryptedWebSocket(int port, SSLContext trust) {
        try {
            return overWebSocket(trust.getSocketFactory().createSocket(open(port), "localhost", port, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection that has agreed on a version: by the manifest from 6.0 on, by a slot before. */
    public static BoltTestClient open(int port, ProtocolVersion version) {
        BoltTestClient client = connect(port);
        client.agree(version);
        return client;
    }

    private static Socket open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        return socket;
    }

    private static BoltTestClient overWebSocket(Socket socket) throws IOException {
        WebSocketStreams streams = WebSocketStreams.open(socket, Map.of());
        return new BoltTestClient(socket, streams.input(), streams.output());
    }

    private static BoltTestClient over(Socket socket) throws IOException {
        return new BoltTestClient(
                socket, socket.getInputStream(), new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    }

    /** Lets messages be sent in chunks of at most so many bytes. */
    public BoltTestClient inChunksOf(int bytes) {
        chunk = bytes;
        return this;
    }

    public void agree(ProtocolVersion version) {
        int wanted = version.minor() << 8 | version.major();
        if (version.isAtLeast(ProtocolVersion.V6_0)) {
            handshake(MANIFEST_V1, 0, 0, 0);
            readManifest();
            write(wanted);
            writeBytes(new byte[] {0});
        } else if (handshake(wanted, 0, 0, 0) != wanted) {
            throw new AssertionError("the server does not agree on " + version);
        }
    }

    /** Sends the preamble and gives the first four bytes of the answer. */
    public int handshake(int... slots) {
        write(MAGIC);
        for (int slot : slots) {
            write(slot);
        }
        flush();
        return readInt();
    }

    /** What follows the first four bytes of a manifest, its versions. */
    public List<Integer> readManifest() {
        try {
            List<Integer> versions = new ArrayList<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                versions.add(in.readInt());
            }
            if (in.readUnsignedByte() != 0) {
                throw new AssertionError("the server offers capabilities");
            }
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int readInt() {
        try {
            return in.readInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(int value) {
        try {
            out.writeInt(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes as they are, to be sent with the next flush. */
    public BoltTestClient writeBytes(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Adds a message. */
    public BoltTestClient send(int tag, @Nullable Object... fields) {
        return writeBytes(chunked(PackedObjects.pack(PackedStructure.of(tag, fields)), chunk));
    }

    /** A message as it goes over the wire. */
    public static byte[] chunked(byte[] message, int chunk) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int start = 0; start < message.length; start += chunk) {
            int size = Math.min(chunk, message.length - start);
            bytes.write(size >>> 8);
            bytes.write(size);
            bytes.write(message, start, size);
        }
        bytes.write(0);
        bytes.write(0);
        return bytes.toByteArray();
    }

    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next response; keep-alives before it are passed over. */
    public BoltAnswer receive() {
        flush();
        try {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            for (int size = in.readUnsignedShort(); size > 0 || message.size() == 0; size = in.readUnsignedShort()) {
                message.write(readFully(size));
            }
            Object structure = PackedObjects.unpack(message.toByteArray());
            return new BoltAnswer((PackedStructure) Objects.requireNonNull(structure));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] readFully(int size) throws IOException {
        byte[] bytes = new byte[size];
        in.readFully(bytes);
        return bytes;
    }

    /** A response that must be a SUCCESS; its metadata. */
    public Map<String, Object> receiveSuccess() {
        BoltAnswer answer = receive();
        if (!answer.isSuccess()) {
            throw new AssertionError("no SUCCESS: " + answer);
        }
        return answer.metadata();
    }

    /** All up to the next response that is no RECORD, that one included. */
    public List<BoltAnswer> receiveRows() {
        List<BoltAnswer> answers = new ArrayList<>();
        do {
            answers.add(receive());
        } while (answers.getLast().isRecord());
        return answers;
    }

    /** The first byte that comes, or -1 at the end of the connection. */
    public int readByte() {
        flush();
        try {
            return in.read();
        } catch (java.net.SocketException e) {
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads and drops all that comes until the server closes; the number of bytes. */
    public long readToEnd() {
        long count = 0;
        while (readByte() >= 0) {
            count++;
        }
        return count;
    }

    /** HELLO, and LOGON where the version has it. */
    public void logIn(ProtocolVersion version, Map<String, Object> token) {
        Map<String, Object> hello = new java.util.HashMap<>(Map.of("user_agent", "BoltTestClient/1"));
        if (version.isAtLeast(ProtocolVersion.V5_1)) {
            send(HELLO, hello).send(LOGON, token);
            receiveSuccess();
        } else {
            hello.putAll(token);
            send(HELLO, hello);
        }
        receiveSuccess();
    }

    /** Says that nothing more will be sent. */
    public void endOutput() {
        flush();
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
