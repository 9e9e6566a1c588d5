package io.spangraph.server.bolt.fuzz;

import static io.spangraph.server.bolt.client.BoltTestClient.BEGIN;
import static io.spangraph.server.bolt.client.BoltTestClient.COMMIT;
import static io.spangraph.server.bolt.client.BoltTestClient.DISCARD;
import static io.spangraph.server.bolt.client.BoltTestClient.GOODBYE;
import static io.spangraph.server.bolt.client.BoltTestClient.HELLO;
import static io.spangraph.server.bolt.client.BoltTestClient.LOGOFF;
import static io.spangraph.server.bolt.client.BoltTestClient.LOGON;
import static io.spangraph.server.bolt.client.BoltTestClient.PULL;
import static io.spangraph.server.bolt.client.BoltTestClient.RESET;
import static io.spangraph.server.bolt.client.BoltTestClient.ROLLBACK;
import static io.spangraph.server.bolt.client.BoltTestClient.ROUTE;
import static io.spangraph.server.bolt.client.BoltTestClient.RUN;
import static io.spangraph.server.bolt.client.BoltTestClient.TELEMETRY;

import io.spangraph.server.bolt.client.BoltTestClient;
import io.spangraph.server.bolt.client.PackedObjects;
import io.spangraph.server.bolt.client.PackedStructure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** All that a client sends on a connection, written down and then damaged: the same seed gives the same bytes. */
final class StreamGenerator {
    private static final int[] SLOT_VERSIONS = {0x0805, 0x0705, 0x0605, 0x0405, 0x0305, 0x0105, 0x0005, 0x0404};
    private static final Map<String, Object> NOTHING = Map.of();
    private static final List<List<byte[]>> TALKS = talks();

    private final Random random;

    StreamGenerator(long seed) {
        this.random = new Random(seed);
    }

    /** Parts that a server of this version answers one after another, without any damage. */
    private static List<List<byte[]>> talks() {
        PackedStructure hello =
                message(HELLO, Map.of("user_agent", "fuzz/1", "scheme", "none", "patch_bolt", List.of("utc")));
        PackedStructure logon = message(LOGON, Map.of("scheme", "none"));
        PackedStructure all = message(PULL, Map.of("n", -1));
        List<List<byte[]>> talks = new ArrayList<>();
        talks.add(packed(
                hello,
                logon,
                run("one"),
                all,
                run("rows"),
                message(PULL, Map.of("n", 3)),
                message(DISCARD, Map.of("n", -1))));
        talks.add(packed(
                hello,
                logon,
                message(BEGIN, Map.of("mode", "r", "tx_metadata", Map.of("a", 1))),
                run("one"),
                run("three"),
                message(PULL, Map.of("n", 1, "qid", 1)),
                message(PULL, Map.of("n", 1000, "qid", 0)),
                message(COMMIT)));
        talks.add(packed(
                hello,
                logon,
                message(TELEMETRY, 2),
                run("three"),
                all,
                message(RESET),
                run("endless"),
                all,
                message(RESET),
                message(ROUTE, Map.of("address", "localhost:1"), List.of(), Map.of("db", "traces"))));
        talks.add(packed(
                hello,
                logon,
                message(LOGOFF),
                logon,
                run("breaks"),
                all,
                run("one"),
                message(RESET),
                run("unknown"),
                all,
                message(RESET),
                message(BEGIN, NOTHING),
                run("endless"),
                all,
                message(ROLLBACK)));
        talks.add(packed(
                hello,
                logon,
                message(RUN, "one", parameters(), Map.of("bookmarks", List.of("b"), "tx_timeout", 1000)),
                all));
        return talks;
    }

    private static Map<String, Object> parameters() {
        return Map.ofEntries(
                Map.entry("numbers", Arrays.asList(1, -17, 300, 70_000, 1L << 40, 1.5, null, true)),
                Map.entry("long", "x".repeat(300)),
                Map.entry("longer", "y".repeat(70_000)),
                Map.entry("bytes", new byte[300]),
                Map.entry("nested", List.of(List.of(Map.of("a", Map.of("b", List.of()))))),
                Map.entry("date", PackedStructure.of(0x44, 20_000)),
                Map.entry("dateTime", PackedStructure.of(0x49, 4500, 42, 3600)),
                Map.entry("zoned", PackedStructure.of(0x69, 4500, 42, "Europe/Paris")),
                Map.entry("duration", PackedStructure.of(0x45, 1, 2, 3, 4)),
                Map.entry("node", PackedStructure.of(0x4E, 1, List.of("A"), NOTHING, "A[1]")),
                Map.entry("uuid", new UUID(1, 2)));
    }

    private static PackedStructure run(String query) {
        return message(RUN, query, Map.of("x", 1), Map.of("mode", "r"));
    }

    private static PackedStructure message(int tag, Object... fields) {
        return PackedStructure.of(tag, fields);
    }

    private static List<byte[]> packed(PackedStructure... messages) {
        return Arrays.stream(messages).map(PackedObjects::pack).toList();
    }

    /** The bytes of a connection; most of them are damaged somewhere. */
    byte[] stream() {
        List<byte[]> messages = new ArrayList<>(pick(TALKS));
        for (int i = random.nextInt(3); i > 0; i--) {
            reorder(messages);
        }
        if (random.nextInt(3) == 0) {
            int damaged = random.nextInt(messages.size());
            messages.set(damaged, damage(messages.get(damaged)));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(handshake());
        messages.forEach(message -> bytes.writeBytes(BoltTestClient.chunked(message, chunk())));
        bytes.writeBytes(BoltTestClient.chunked(PackedObjects.pack(message(GOODBYE)), chunk()));
        byte[] whole = bytes.toByteArray();
        return random.nextInt(2) == 0 ? damage(whole) : whole;
    }

    private int chunk() {
        return random.nextInt(4) == 0 ? 1 + random.nextInt(40) : 0xFFFF;
    }

    private byte[] handshake() {
        ByteBuffer bytes = ByteBuffer.allocate(25).putInt(BoltTestClient.MAGIC);
        if (random.nextBoolean()) {
            bytes.putInt(BoltTestClient.MANIFEST_V1)
                    .putInt(0x0008_0805)
                    .putInt(0x0002_0404)
                    .putInt(3);
            bytes.putInt(random.nextBoolean() ? 0x0106 : SLOT_VERSIONS[random.nextInt(SLOT_VERSIONS.length)]);
            return bytes.put((byte) 0).array();
        }
        bytes.putInt(SLOT_VERSIONS[random.nextInt(SLOT_VERSIONS.length)])
                .putInt(0)
                .putInt(0)
                .putInt(0);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private void reorder(List<byte[]> messages) {
        int at = random.nextInt(messages.size());
        switch (random.nextInt(4)) {
            case 0 -> messages.add(at, messages.get(random.nextInt(messages.size())));
            case 1 -> messages.add(at, messages.remove(random.nextInt(messages.size())));
            case 2 -> messages.addAll(at, pick(TALKS).subList(0, 3));
            default -> {
                if (messages.size() > 1) {
                    messages.remove(at);
                }
            }
        }
    }

    /** Flips, overwrites, cuts out, doubles, cuts off or adds some bytes; often near the beginning, where sizes are. */
    byte[] damage(byte[] bytes) {
        byte[] result = bytes;
        for (int i = 1 + random.nextInt(3); i > 0 && result.length > 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? result.length : Math.min(result.length, 200));
            int length = Math.min(result.length - at, 1 + random.nextInt(12));
            result = switch (random.nextInt(7)) {
                case 0 -> flipped(result, at);
                case 1 -> spliced(result, at, at, randomBytes(length));
                case 2 -> spliced(result, at, at + length, new byte[0]);
                case 3 -> spliced(result, at, at, Arrays.copyOfRange(result, at, at + length));
                case 4 -> Arrays.copyOf(result, at);
                case 5 -> spliced(result, at, at + 1, new byte[] {marker()});
                default -> spliced(result, at, at + length, randomBytes(length));
            };
        }
        return result;
    }

    /** Sizes and types that something else follows. */
    private byte marker() {
        int[] markers = {0x00, 0xFF, 0x7F, 0xC0, 0xC1, 0xCB, 0xCE, 0xD2, 0xD6, 0xDA, 0x8F, 0x9F, 0xAF, 0xB0, 0xBF, 0xE0
        };
        return (byte) markers[random.nextInt(markers.length)];
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] result = bytes.clone();
        result[at] ^= (byte) (1 << random.nextInt(8));
        return result;
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] replacement) {
        return ByteBuffer.allocate(bytes.length - (to - from) + replacement.length)
                .put(bytes, 0, from)
                .put(replacement)
                .put(bytes, to, bytes.length - to)
                .array();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of so many ways. */
    int choose(int count) {
        return random.nextInt(count);
    }
}
