package io.spangraph.server.bolt.session;

import static io.spangraph.server.bolt.session.BoltTalk.BEGIN;
import static io.spangraph.server.bolt.session.BoltTalk.COMMIT;
import static io.spangraph.server.bolt.session.BoltTalk.HELLO;
import static io.spangraph.server.bolt.session.BoltTalk.LOGON;
import static io.spangraph.server.bolt.session.BoltTalk.RESET;
import static io.spangraph.server.bolt.session.BoltTalk.pull;
import static io.spangraph.server.bolt.session.BoltTalk.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.message.AuthToken;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.message.NotificationFilter;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.query.ScriptedGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What drivers and tools send, request by request as they do, and every answer in full. */
@Timeout(120)
class RecordedConversationsTest {
    private static final String STATUSES = "statuses: [{gql_status: '00000', status_description: 'note: successful"
            + " completion', diagnostic_record: {OPERATION: '', OPERATION_CODE: '0', CURRENT_SCHEMA: '/'}}]";
    private static final String RECEIPT = "receipt: {snapshots: {lake.silver.spans: 7}, files: {read: 1, skipped: 2},"
            + " row_groups: {read: 3, skipped: 4}, bytes: {read: 5, skipped: 6}, rows: %d, ms: 12,"
            + " from_metadata: false}";
    private static final String HINTS = "connection_id: 'bolt-1', hints: {connection.recv_timeout_seconds: 60";
    private static final String HELLO_ANSWER = "SUCCESS {server: 'Neo4j/5.26.0 (Spangraph test)', " + HINTS;
    private static final String TABLE = "SUCCESS {rt: {ttl: 300, db: '%1$s', servers:"
            + " [{addresses: ['%2$s'], role: 'ROUTE'}, {addresses: ['%2$s'], role: 'READ'},"
            + " {addresses: ['%2$s'], role: 'WRITE'}]}}";
    private static final ProtocolVersion V5_4 = new ProtocolVersion(5, 4);

    private static ScriptedGraph graph() {
        return new ScriptedGraph()
                .answer("two", List.of("n"), List.of(List.of(Value.of(1L)), List.of(Value.of(2L))))
                .answer("RETURN 1 as result", List.of("result"), List.of(List.of(Value.of(1L))));
    }

    static Stream<Arguments> conversations() {
        return Stream.of(
                javaScriptExecuteQuery(),
                javaScriptSession(),
                pythonAtFiveZero(),
                pythonVerifies(),
                javaRouting(),
                jdbcStatement(),
                shellQuery(),
                failureInTheMiddle());
    }

    private static Arguments javaScriptExecuteQuery() {
        return Arguments.of(
                "JavaScript executeQuery",
                ProtocolVersion.V6_1,
                List.of(HELLO, LOGON, new BoltRequest.Telemetry(3), BEGIN, run("two"), pull(1000), COMMIT),
                List.of(
                        HELLO_ANSWER + ", ssr.enabled: true}, protocol_version: '6.1'}",
                        "SUCCESS {}",
                        "SUCCESS {}",
                        "SUCCESS {}",
                        "SUCCESS {fields: ['n'], t_first: _, qid: 0, db: 'traces'}",
                        "RECORD [1]",
                        "RECORD [2]",
                        "SUCCESS {type: 'r', t_last: _, db: 'traces', " + STATUSES + ", " + RECEIPT.formatted(2) + "}",
                        "SUCCESS {bookmark: 'SG:0'}"));
    }

    private static Arguments javaScriptSession() {
        return Arguments.of(
                "JavaScript session.run in pieces",
                ProtocolVersion.V5_8,
                List.of(HELLO, LOGON, new BoltRequest.Telemetry(2), run("two"), pull(1), pull(1), pull(1)),
                List.of(
                        HELLO_ANSWER + ", ssr.enabled: true}}",
                        "SUCCESS {}",
                        "SUCCESS {}",
                        "SUCCESS {fields: ['n'], t_first: _, db: 'traces'}",
                        "RECORD [1]",
                        "SUCCESS {has_more: true}",
                        "RECORD [2]",
                        "SUCCESS {has_more: true}",
                        "SUCCESS {bookmark: '_', type: 'r', t_last: _, db: 'traces', " + STATUSES + ", "
                                + RECEIPT.formatted(2) + "}"));
    }

    private static Arguments pythonAtFiveZero() {
        BoltRequest hello = new BoltRequest.Hello(
                "neo4j-python",
                Optional.empty(),
                Optional.of(new AuthToken("basic", Optional.of("ann"), Optional.of("secret"))),
                NotificationFilter.UNSET,
                List.of());
        return Arguments.of(
                "Python where HELLO logs in",
                ProtocolVersion.V5_0,
                List.of(hello, run("RETURN 1 as result"), pull(1000), RESET),
                List.of(
                        HELLO_ANSWER + "}}",
                        "SUCCESS {fields: ['result'], t_first: _}",
                        "RECORD [1]",
                        "SUCCESS {bookmark: '_', type: 'r', t_last: _, db: 'traces', " + RECEIPT.formatted(1) + "}",
                        "SUCCESS {}"));
    }

    private static Arguments pythonVerifies() {
        return Arguments.of(
                "Python verify_authentication",
                ProtocolVersion.V5_8,
                List.of(
                        HELLO,
                        LOGON,
                        RESET,
                        RESET,
                        new BoltRequest.Logoff(),
                        LOGON,
                        run("RETURN 1 as result"),
                        pull(-1)),
                List.of(
                        HELLO_ANSWER + ", ssr.enabled: true}}",
                        "SUCCESS {}",
                        "SUCCESS {}",
                        "SUCCESS {}",
                        "SUCCESS {}",
                        "SUCCESS {}",
                        "SUCCESS {fields: ['result'], t_first: _, db: 'traces'}",
                        "RECORD [1]",
                        "SUCCESS {bookmark: '_', type: 'r', t_last: _, db: 'traces', " + STATUSES + ", "
                                + RECEIPT.formatted(1) + "}"));
    }

    private static Arguments javaRouting() {
        Map<String, Value> routing = Map.of("address", Value.of("graph.example:9999"));
        return Arguments.of(
                "Java by neo4j://",
                ProtocolVersion.V5_8,
                List.of(
                        HELLO,
                        LOGON,
                        new BoltRequest.Route(routing, List.of(), Optional.of("system"), Optional.empty()),
                        RESET,
                        new BoltRequest.Route(Map.of(), List.of(), Optional.empty(), Optional.empty()),
                        RESET),
                List.of(
                        HELLO_ANSWER + ", ssr.enabled: true}}",
                        "SUCCESS {}",
                        TABLE.formatted("system", "graph.example:9999"),
                        "SUCCESS {}",
                        TABLE.formatted("traces", "localhost:7687"),
                        "SUCCESS {}"));
    }

    private static Arguments jdbcStatement() {
        return Arguments.of(
                "JDBC statement",
                V5_4,
                List.of(
                        HELLO,
                        LOGON,
                        new BoltRequest.Begin(BoltTalk.database("neo4j")),
                        run("two"),
                        pull(1, 0),
                        new BoltRequest.Discard(-1, 0),
                        COMMIT),
                List.of(
                        HELLO_ANSWER + "}}",
                        "SUCCESS {}",
                        "SUCCESS {}",
                        "SUCCESS {fields: ['n'], t_first: _, qid: 0}",
                        "RECORD [1]",
                        "SUCCESS {has_more: true}",
                        "SUCCESS {type: 'r', t_last: _, db: 'neo4j', " + RECEIPT.formatted(1) + "}",
                        "SUCCESS {bookmark: 'SG:0'}"));
    }

    private static Arguments shellQuery() {
        Map<String, Value> metadata = Map.of("type", Value.of("user-direct"), "app", Value.of("cypher-shell"));
        return Arguments.of(
                "cypher-shell",
                ProtocolVersion.V5_8,
                List.of(HELLO, LOGON, run("two", BoltTalk.metadata(metadata)), pull(1000), RESET),
                List.of(
                        HELLO_ANSWER + ", ssr.enabled: true}}",
                        "SUCCESS {}",
                        "SUCCESS {fields: ['n'], t_first: _, db: 'traces'}",
                        "RECORD [1]",
                        "RECORD [2]",
                        "SUCCESS {bookmark: '_', type: 'r', t_last: _, db: 'traces', " + STATUSES + ", "
                                + RECEIPT.formatted(2) + "}",
                        "SUCCESS {}"));
    }

    private static Arguments failureInTheMiddle() {
        return Arguments.of(
                "a query that fails, with the requests that were sent behind it",
                ProtocolVersion.V5_8,
                List.of(HELLO, LOGON, run("wrong"), pull(1000), RESET, run("RETURN 1 as result"), pull(-1)),
                List.of(
                        HELLO_ANSWER + ", ssr.enabled: true}}",
                        "SUCCESS {}",
                        "FAILURE Neo.ClientError.Statement.SyntaxError 42001 Invalid input 'wrong' (WARN)"
                                + " (line 2, column 5)",
                        "IGNORED",
                        "SUCCESS {}",
                        "SUCCESS {fields: ['result'], t_first: _, db: 'traces'}",
                        "RECORD [1]",
                        "SUCCESS {bookmark: '_', type: 'r', t_last: _, db: 'traces', " + STATUSES + ", "
                                + RECEIPT.formatted(1) + "}"));
    }

    /** Sent one by one, as a client does that waits for each answer. */
    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("conversations")
    void areAnsweredAsRecorded(
            String name, ProtocolVersion version, List<BoltRequest> requests, List<String> responses) {
        try (TestDoor door = new TestDoor(graph().serve(), Map.of());
                BoltTalk talk = door.connect(version)) {
            List<String> seen = new ArrayList<>();
            for (BoltRequest request : requests) {
                talk.send(request);
                String answer;
                do {
                    answer = masked(BoltTalk.longText(talk.next()));
                    seen.add(answer);
                } while (answer.startsWith("RECORD"));
            }
            assertThat(seen).as(name).containsExactlyElementsOf(responses);
            assertThat(talk.connection().isKnown()).isTrue();
            await().until(() -> door.queries() == 0);
        }
    }

    /** Times differ from run to run. */
    private static String masked(String answer) {
        return answer.replaceAll("(t_first|t_last): \\d+", "$1: _").replaceAll("'SG:[0-9a-f]{2,}'", "'_'");
    }
}
