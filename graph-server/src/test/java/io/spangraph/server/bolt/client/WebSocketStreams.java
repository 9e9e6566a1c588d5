package io.spangraph.server.bolt.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The client's end of a WebSocket as two streams: a masked binary frame for each flush, frames of answers joined. */
public final class WebSocketStreams {
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private final DataInputStream in;
    private final DataOutputStream out;
    private final List<String> answer;

    private WebSocketStreams(DataInputStream in, DataOutputStream out, List<String> answer) {
        this.in = in;
        this.out = out;
        this.answer = answer;
    }

    /** Sends the request to upgrade and reads the head of the answer. */
    public static WebSocketStreams open(Socket socket, Map<String, String> headers) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        StringBuilder request = new StringBuilder("""
                GET / HTTP/1.1
                Host: localhost
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Extensions: permessage-deflate
                """);
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append('\n'));
        out.write((request + "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        List<String> answer = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            answer.add(line);
        }
        return new WebSocketStreams(in, out, answer);
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** The status line and the headers of the answer. */
    public List<String> answer() {
        return answer;
    }

    /** A frame as a client sends it. */
    public static byte[] frame(byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(BINARY);
        if (payload.length < 126) {
            bytes.write(MASKED | payload.length);
        } else if (payload.length < 1 << 16) {
            bytes.write(MASKED | 126);
            bytes.write(payload.length >>> 8);
            bytes.write(payload.length);
        } else {
            bytes.write(MASKED | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                bytes.write((int) ((long) payload.length >>> shift));
            }
        }
        bytes.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            bytes.write(payload[i] ^ MASK[i % MASK.length]);
        }
        return bytes.toByteArray();
    }

    public OutputStream output() {
        return new OutputStream() {
            private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

            @Override
            public void write(int value) {
                pending.write(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                pending.write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                if (pending.size() > 0) {
                    out.write(frame(pending.toByteArray()));
                    pending.reset();
                }
                out.flush();
            }
        };
    }

    public InputStream input() {
        return new InputStream() {
            private long left;

            @Override
            public int read() throws IOException {
                if (!nextFrame()) {
                    return -1;
                }
                left--;
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (!nextFrame()) {
                    return -1;
                }
                int count = in.read(bytes, offset, (int) Math.min(length, left));
                left -= count;
                return count;
            }

            private boolean nextFrame() throws IOException {
                while (left == 0) {
                    int opcode = in.read();
                    if (opcode < 0 || opcode == CLOSE) {
                        return false;
                    }
                    if (opcode != BINARY) {
                        throw new IOException("a frame of type " + Integer.toHexString(opcode));
                    }
                    int length = in.readUnsignedByte();
                    left = length < 126 ? length : length == 126 ? in.readUnsignedShort() : in.readLong();
                }
                return true;
            }
        };
    }
}
