package io.spangraph.server.bolt.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.client.PackedObjects;
import io.spangraph.server.bolt.client.PackedStructure;
import io.spangraph.server.bolt.packstream.PackStreamException;
import io.spangraph.server.bolt.packstream.PackStreamReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestReaderTest {
    private static final TransactionOptions NO_OPTIONS = new TransactionOptions(
            List.of(), Optional.empty(), Map.of(), true, Optional.empty(), Optional.empty(), NotificationFilter.UNSET);

    /** What a client of a version sends, and what it means. */
    private record Case(ProtocolVersion version, PackedStructure packed, BoltRequest request) {}

    static List<Case> plainRequests() {
        ProtocolVersion newest = ProtocolVersion.V6_1;
        ProtocolVersion oldest = ProtocolVersion.V4_4;
        return List.of(
                new Case(oldest, PackedStructure.of(0x02), new BoltRequest.Goodbye()),
                new Case(oldest, PackedStructure.of(0x0F), new BoltRequest.Reset()),
                new Case(oldest, PackedStructure.of(0x12), new BoltRequest.Commit()),
                new Case(oldest, PackedStructure.of(0x13), new BoltRequest.Rollback()),
                new Case(oldest, PackedStructure.of(0x3F, Map.of("n", 1000)), new BoltRequest.Pull(1000, -1)),
                new Case(newest, PackedStructure.of(0x3F, Map.of("n", -1, "qid", 4)), new BoltRequest.Pull(-1, 4)),
                new Case(newest, PackedStructure.of(0x2F, Map.of("n", -1)), new BoltRequest.Discard(-1, -1)),
                new Case(newest, PackedStructure.of(0x54, 3), new BoltRequest.Telemetry(3)),
                new Case(newest, PackedStructure.of(0x6B), new BoltRequest.Logoff()),
                new Case(
                        newest,
                        PackedStructure.of(0x6A, Map.of("scheme", "bearer", "credentials", "token")),
                        new BoltRequest.Logon(new AuthToken("bearer", Optional.empty(), Optional.of("token")))),
                new Case(
                        oldest,
                        PackedStructure.of(
                                0x66, Map.of("address", "localhost:7687"), List.of("b:1"), Map.of("db", "trace")),
                        new BoltRequest.Route(
                                Map.of("address", Value.of("localhost:7687")),
                                List.of("b:1"),
                                Optional.of("trace"),
                                Optional.empty())),
                new Case(oldest, PackedStructure.of(0x11, Map.of()), new BoltRequest.Begin(NO_OPTIONS)),
                new Case(
                        newest,
                        PackedStructure.of(0x10, "RETURN $x", Map.of("x", 1), Map.of("db", "")),
                        new BoltRequest.Run("RETURN $x", Map.of("x", Value.of(1)), NO_OPTIONS)));
    }

    @ParameterizedTest
    @MethodSource("plainRequests")
    void readsEachRequest(Case request) {
        assertThat(read(request.version(), request.packed())).isEqualTo(request.request());
    }

    @Test
    void helloHoldsTheCredentialsBefore51() {
        Map<String, Object> hello = new HashMap<>();
        hello.put("user_agent", "test/1");
        hello.put("scheme", "basic");
        hello.put("principal", "alice");
        hello.put("credentials", "secret");
        hello.put("routing", null);

        BoltRequest.Hello old = (BoltRequest.Hello) read(ProtocolVersion.V5_0, PackedStructure.of(0x01, hello));
        BoltRequest.Hello modern = (BoltRequest.Hello) read(ProtocolVersion.V5_1, PackedStructure.of(0x01, hello));

        assertThat(old.token()).contains(new AuthToken("basic", Optional.of("alice"), Optional.of("secret")));
        assertThat(old.routing()).isEmpty();
        assertThat(old.token().orElseThrow().toString()).doesNotContain("secret");
        assertThat(modern.token()).isEmpty();
    }

    @Test
    void theUtcPatchIsAgreedOnInVersion4Only() {
        PackedStructure hello =
                PackedStructure.of(0x01, Map.of("user_agent", "test/1", "patch_bolt", List.of("later", "utc")));

        assertThat(((BoltRequest.Hello) read(ProtocolVersion.V4_4, hello)).patches())
                .containsExactly("utc");
        assertThat(((BoltRequest.Hello) read(ProtocolVersion.V5_0, hello)).patches())
                .isEmpty();
    }

    @Test
    void allThatBeginMaySay() {
        PackedStructure begin = PackedStructure.of(
                0x11,
                Map.of(
                        "bookmarks",
                        List.of("b:1", "b:2"),
                        "tx_timeout",
                        5000,
                        "tx_metadata",
                        Map.of("app", "test"),
                        "mode",
                        "r",
                        "db",
                        "trace",
                        "imp_user",
                        "bob",
                        "notifications_minimum_severity",
                        "WARNING",
                        "notifications_disabled_categories",
                        List.of("HINT"),
                        "notifications_disabled_classifications",
                        List.of("GENERIC"),
                        "tx_type",
                        "IMPLICIT"));

        TransactionOptions options = ((BoltRequest.Begin) read(ProtocolVersion.V5_6, begin)).options();

        assertThat(options)
                .isEqualTo(new TransactionOptions(
                        List.of("b:1", "b:2"),
                        Optional.of(Duration.ofSeconds(5)),
                        Map.of("app", Value.of("test")),
                        false,
                        Optional.of("trace"),
                        Optional.of("bob"),
                        new NotificationFilter(Optional.of("WARNING"), Optional.of(Set.of("HINT", "GENERIC")))));
        assertThat(((BoltRequest.Begin) read(ProtocolVersion.V5_1, begin))
                        .options()
                        .notifications())
                .isEqualTo(NotificationFilter.UNSET);
    }

    @Test
    void aTimeoutOfZeroIsNone() {
        BoltRequest begin = read(ProtocolVersion.V6_1, PackedStructure.of(0x11, Map.of("tx_timeout", 0)));

        assertThat(((BoltRequest.Begin) begin).options().timeout()).isEmpty();
    }

    @Test
    void nullsStandForWhatIsNotThere() {
        Map<String, Object> extra = new HashMap<>();
        for (String key : List.of("bookmarks", "tx_timeout", "tx_metadata", "mode", "db", "imp_user")) {
            extra.put(key, null);
        }

        assertThat(read(ProtocolVersion.V6_1, PackedStructure.of(0x11, extra)))
                .isEqualTo(new BoltRequest.Begin(NO_OPTIONS));
        assertThat(read(ProtocolVersion.V6_1, PackedStructure.of(0x66, Map.of(), null, Map.of())))
                .isEqualTo(new BoltRequest.Route(Map.of(), List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void aRunWithAValueThatCannotBeUsedIsRefusedAndStillARequest() {
        PackedStructure node = PackedStructure.of(0x4E, 1, List.of("A"), Map.of(), "A[1]");

        BoltRequest run =
                read(ProtocolVersion.V6_1, PackedStructure.of(0x10, "RETURN $n", Map.of("n", node), Map.of()));

        assertThat(run)
                .isInstanceOfSatisfying(
                        BoltRequest.Refused.class,
                        refused -> assertThat(refused.problem())
                                .hasMessage("Invalid value of parameter 'n': a node cannot be a parameter."));
    }

    /** What is no request of a version, and why. */
    private record Wrong(ProtocolVersion version, Object packed, String message) {}

    static List<Wrong> wrongRequests() {
        ProtocolVersion newest = ProtocolVersion.V6_1;
        PackedStructure point = PackedStructure.of(0x58, 4326, 1.0, 2.0);
        return List.of(
                new Wrong(newest, 1, "Expected a structure, found an integer."),
                new Wrong(newest, PackedStructure.of(0x77), "Bolt 6.1 has no request with the tag 0x77."),
                new Wrong(newest, PackedStructure.of(0x90), "Bolt 6.1 has no request with the tag 0x90."),
                new Wrong(
                        ProtocolVersion.V5_0,
                        PackedStructure.of(0x6A, Map.of()),
                        "Bolt 5.0 has no request with the tag 0x6A."),
                new Wrong(
                        new ProtocolVersion(5, 3),
                        PackedStructure.of(0x54, 1),
                        "Bolt 5.3 has no request with the tag 0x54."),
                new Wrong(
                        newest, PackedStructure.of(0x0F, 1), "Not a RESET of Bolt 6.1: it has 1 fields in place of 0."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x10, "RETURN 1"),
                        "Not a RUN of Bolt 6.1: it has 1 fields in place of 3."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x10, 1, Map.of(), Map.of()),
                        "Not a RUN of Bolt 6.1: Expected a string, found an integer."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x01, Map.of()),
                        "Not a HELLO of Bolt 6.1: 'user_agent' is missing."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x01, Map.of("user_agent", 1)),
                        "Not a HELLO of Bolt 6.1: 'user_agent' is 1; expected a string."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x6A, Map.of("principal", "a")),
                        "Not a LOGON of Bolt 6.1: 'scheme' is missing."),
                new Wrong(newest, PackedStructure.of(0x3F, Map.of()), "Not a PULL of Bolt 6.1: 'n' is missing."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x3F, Map.of("n", 0)),
                        "Not a PULL of Bolt 6.1: 'n' is 0; expected a number of rows from 1, or -1 for all."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x3F, Map.of("n", 1, "qid", -2)),
                        "Not a PULL of Bolt 6.1: 'qid' is -2; expected the number of a query, or -1 for the last."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x11, Map.of("mode", "rw")),
                        "Not a BEGIN of Bolt 6.1: 'mode' is 'rw'; expected 'r' or 'w'."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x11, Map.of("tx_timeout", -1)),
                        "Not a BEGIN of Bolt 6.1: 'tx_timeout' is -1; expected milliseconds from 0."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x11, Map.of("tx_timeout", "1s")),
                        "Not a BEGIN of Bolt 6.1: 'tx_timeout' is '1s'; expected an integer."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x11, Map.of("bookmarks", "b")),
                        "Not a BEGIN of Bolt 6.1: 'bookmarks' is 'b'; expected a list of strings."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x11, Map.of("tx_metadata", List.of())),
                        "Not a BEGIN of Bolt 6.1: 'tx_metadata' is []; expected a map."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x11, Map.of("notifications_minimum_severity", "LOUD")),
                        "Not a BEGIN of Bolt 6.1: 'notifications_minimum_severity' is 'LOUD'; expected OFF, WARNING or INFORMATION."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x66, Map.of(), List.of(1), Map.of()),
                        "Not a ROUTE of Bolt 6.1: 'bookmarks' is 1; expected a string."),
                new Wrong(
                        newest,
                        PackedStructure.of(0x66, Map.of("address", point), List.of(), Map.of()),
                        "Not a ROUTE of Bolt 6.1: Invalid value of parameter 'address': a point cannot be a parameter."));
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void saysWhatIsWrong(Wrong wrong) {
        assertThatThrownBy(() -> read(wrong.version(), wrong.packed()))
                .isInstanceOf(PackStreamException.class)
                .hasMessage(wrong.message());
    }

    @Test
    void bytesBehindAMessageAreWrong() {
        byte[] reset = PackedObjects.pack(PackedStructure.of(0x0F));
        byte[] longer = Arrays.copyOf(reset, reset.length + 1);

        assertThatThrownBy(() -> read(ProtocolVersion.V6_1, longer))
                .isInstanceOf(PackStreamException.class)
                .hasMessage("Not a RESET of Bolt 6.1: The message goes on for 1 bytes after its end.");
    }

    private static BoltRequest read(ProtocolVersion version, Object packed) {
        return read(version, PackedObjects.pack(packed));
    }

    private static BoltRequest read(ProtocolVersion version, byte[] bytes) {
        return new RequestReader(version)
                .read(new PackStreamReader(Unpooled.wrappedBuffer(bytes)), version.valueForm());
    }
}
