package io.spangraph.server.bolt.session;

import static io.spangraph.server.bolt.session.BoltTalk.BEGIN;
import static io.spangraph.server.bolt.session.BoltTalk.COMMIT;
import static io.spangraph.server.bolt.session.BoltTalk.HELLO;
import static io.spangraph.server.bolt.session.BoltTalk.RESET;
import static io.spangraph.server.bolt.session.BoltTalk.pull;
import static io.spangraph.server.bolt.session.BoltTalk.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.plan.Notification;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.message.AuthToken;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.message.BoltResponse;
import io.spangraph.server.bolt.message.NotificationFilter;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.bolt.message.TransactionOptions;
import io.spangraph.server.query.ScriptedGraph;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConversationTest {
    private static final ProtocolVersion V5_8 = ProtocolVersion.V5_8;
    private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

    private final ScriptedGraph graph = new ScriptedGraph()
            .endless("endless")
            .answer("one", List.of("n"), List.of(List.of(Value.of(1L))))
            .answer("none", List.of("n"), List.of())
            .answer("three", List.of("n"), List.of(List.of(Value.of(1L)), List.of(Value.of(2L)), List.of(Value.of(3L))))
            .answer(
                    "rows",
                    List.of("n"),
                    context -> LongStream.iterate(1, n -> n + 1)
                            .peek(n -> context.cancellation().poll())
                            .mapToObj(n -> List.of(Value.of(n)))
                            .iterator())
            .answer(
                    "breaks",
                    List.of("n"),
                    context -> LongStream.of(1, 2)
                            .peek(n -> {
                                if (n == 2) {
                                    throw QueryException.at(
                                                    QueryErrorCode.ARITHMETIC_ERROR,
                                                    "/ by zero",
                                                    new SourcePosition(1, 8, 7))
                                            .withHint("Guard it with CASE.");
                                }
                            })
                            .mapToObj(n -> List.of(Value.of(n)))
                            .iterator())
            .answerWithNotification(
                    "unknown label",
                    List.of("n"),
                    new Notification(
                            "Neo.ClientNotification.Statement.UnknownLabelWarning",
                            Notification.Severity.WARNING,
                            "The provided label is not in the database.",
                            "The label 'Spam' is not in the graph.",
                            Optional.of(new SourcePosition(1, 9, 8))));

    private TestDoor door(Map<String, String> settings) {
        return new TestDoor(graph.serve(), settings);
    }

    @Test
    void aResetInterruptsTheQueryAndWhatWaitsBehindIt() throws Exception {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(run("endless"), pull(-1), run("one"), pull(-1));
            talk.send(BoltTalk.BEGIN);
            graph.endlessStarted().await();
            talk.send(RESET, run("one"), pull(-1));
            talk.expect("SUCCESS", "IGNORED", "IGNORED", "IGNORED", "IGNORED", "SUCCESS");
            talk.expect("SUCCESS", "RECORD [1]", "SUCCESS");
            assertThat(graph.endlessEnded().await(30, TimeUnit.SECONDS)).isTrue();
            await().until(() -> door.queries() == 0);
        }
    }

    @Test
    void aResetTakesAWaitingQueryOutOfTheQueue() throws Exception {
        try (TestDoor door = door(Map.of("limits.concurrent-queries", "1"));
                BoltTalk first = door.ready(V5_8);
                BoltTalk second = door.ready(V5_8)) {
            first.send(run("endless"), pull(-1));
            graph.endlessStarted().await();
            second.send(run("one"), pull(-1));
            await().until(() -> door.queries() == 2);
            second.send(RESET);
            second.expect("IGNORED", "IGNORED", "SUCCESS");
            assertThat(door.queries()).isEqualTo(1);
        }
    }

    @Test
    void anErrorOfOurOwnEndsItsConnectionAndNoOther() {
        try (TestDoor door = door(Map.of());
                BoltTalk struck = door.ready(V5_8);
                BoltTalk other = door.ready(V5_8)) {
            graph.breakSnapshots(true);
            struck.send(BEGIN);
            await().until(() -> struck.connection().isAborted());
            graph.breakSnapshots(false);
            other.send(BEGIN, COMMIT);
            other.expect("SUCCESS", "SUCCESS");
            assertThat(struck.connection().sent()).isEmpty();
            assertThat(other.connection().isAborted()).isFalse();
        }
    }

    @Test
    void twoResetsAreBothAnswered() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(RESET, RESET, run("one"), pull(-1));
            talk.expect("SUCCESS", "SUCCESS", "SUCCESS", "RECORD [1]", "SUCCESS");
        }
    }

    @Test
    void openResultsOfATransactionAreReadInAnyOrder() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(BEGIN, run("three"), run("three"), pull(1, 0), pull(2, 1), pull(1, -1), pull(-1, 0), COMMIT);
            talk.expect("SUCCESS", "SUCCESS", "SUCCESS", "RECORD [1]", "SUCCESS", "RECORD [1]", "RECORD [2]");
            talk.expect("SUCCESS", "RECORD [3]", "SUCCESS", "RECORD [2]", "RECORD [3]", "SUCCESS", "SUCCESS");
            await().until(() -> door.queries() == 0);
        }
    }

    @Test
    void aCommitEndsWhatIsOpen() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(BEGIN, run("rows"), pull(2, 0), COMMIT);
            talk.expect("SUCCESS", "SUCCESS", "RECORD [1]", "RECORD [2]", "SUCCESS", "SUCCESS");
            await().until(() -> door.queries() == 0);
            assertThat(door.metric("spangraph_transactions_open")).isZero();
            assertThat(door.metric("spangraph_results_open")).isZero();
        }
    }

    @Test
    void aResultThatIsNotOpenIsNamed() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(BEGIN, run("three"), pull(1, 7), COMMIT);
            talk.expect("SUCCESS", "SUCCESS");
            assertThat(talk.failure().message()).isEqualTo("Invalid request: there is no open result 7.");
            talk.expect("IGNORED");
            talk.send(RESET);
            talk.expect("SUCCESS");
            assertThat(talk.connection().isClosed()).isFalse();
        }
    }

    @Test
    void openResultsOfAConnectionAreLimited() {
        try (TestDoor door = door(Map.of("limits.connection-results", "1"));
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(BEGIN, run("three"), run("three"));
            talk.expect("SUCCESS", "SUCCESS");
            assertThat(talk.failure().message())
                    .isEqualTo("The transaction already has 1 results that are not read to their end."
                            + " Read or discard them, or raise limits.connection-results.");
        }
    }

    @Test
    void aRequestThatIsOutOfPlaceEndsTheConversation() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(pull(-1), run("one"));
            BoltResponse.Failure failure = talk.failure();
            assertThat(failure.code()).isEqualTo("Neo.ClientError.Request.Invalid");
            assertThat(failure.message())
                    .isEqualTo("The message PULL has no place in the state ready of the connection.");
            await().until(() -> talk.connection().isClosed());
        }
    }

    @Test
    void whatIsNoMessageEndsTheConversation() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(run("one"), pull(-1));
            talk.sendGarbage("Not a RUN: it has 1 fields.");
            talk.expect("SUCCESS", "RECORD [1]", "SUCCESS");
            assertThat(talk.failure().message()).isEqualTo("Not a RUN: it has 1 fields.");
            await().until(() -> talk.connection().isClosed());
        }
    }

    @Test
    void aFailedLoginIsToldBeforeTheConnectionCloses() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.connect(V5_8)) {
            talk.send(
                    HELLO,
                    new BoltRequest.Logon(new AuthToken("bearer", Optional.empty(), Optional.of("x"))),
                    run("one"));
            talk.expect("SUCCESS");
            assertThat(talk.failure().message()).startsWith("The authentication scheme 'bearer' is not supported.");
            await().until(() -> talk.connection().isClosed());
            assertThat(talk.connection().isKnown()).isFalse();
        }
    }

    @Test
    void anErrorBehindRowsIsToldWithPlaceAndAdvice() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(run("breaks"), pull(-1));
            talk.expect("SUCCESS", "RECORD [1]");
            BoltResponse.Failure failure = talk.failure();
            assertThat(failure.code()).isEqualTo("Neo.ClientError.Statement.ArithmeticError");
            assertThat(failure.message()).isEqualTo("/ by zero (line 1, column 8) Guard it with CASE.");
            assertThat(failure.gqlStatus()).isEqualTo("22012");
            assertThat(failure.description()).isEqualTo("error: data exception - arithmetic error");
            assertThat(BoltTalk.text(new Value.MapValue(failure.diagnostics())))
                    .isEqualTo("{OPERATION: '', OPERATION_CODE: '0', CURRENT_SCHEMA: '/',"
                            + " _classification: 'CLIENT_ERROR', _position: {offset: 7, line: 1, column: 8},"
                            + " hint: 'Guard it with CASE.'}");
        }
    }

    @Test
    void theClientsTimeEndsAQuery() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(run("endless", BoltTalk.timeout(Duration.ofMillis(40))), pull(-1));
            BoltResponse.Failure failure = talk.firstFailure();
            assertThat(failure.code()).isEqualTo("Neo.ClientError.Transaction.TransactionTimedOut");
            assertThat(failure.message()).startsWith("The query ran longer than its time limit of 40 ms.");
        }
    }

    @Test
    void theClientsTimeEndsATransaction() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(new BoltRequest.Begin(BoltTalk.timeout(Duration.ofMillis(40))), run("endless"), pull(-1));
            assertThat(talk.firstFailure().code()).isEqualTo("Neo.ClientError.Transaction.TransactionTimedOut");
        }
    }

    @Test
    void aParkedResultEndsWhenItsTimeIsUp() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(run("rows", BoltTalk.timeout(Duration.ofSeconds(2))), pull(1));
            talk.expect("SUCCESS", "RECORD [1]", "SUCCESS");
            await().until(() -> door.queries() == 0);
            assertThat(door.metric("spangraph_results_open")).isZero();
            talk.send(pull(1));
            talk.expect("FAILURE Neo.ClientError.Transaction.TransactionTimedOut");
        }
    }

    @Test
    void aClientThatStopsReadingHoldsNoThread() {
        try (TestDoor door = door(Map.of("limits.concurrent-queries", "1"));
                BoltTalk slow = door.ready(V5_8);
                BoltTalk other = door.ready(V5_8)) {
            slow.connection().writable(false);
            slow.send(run("rows"), pull(2));
            other.send(run("one"), pull(-1));
            other.expect("SUCCESS", "RECORD [1]", "SUCCESS");
            slow.expect("SUCCESS");
            assertThat(slow.connection().sent()).isEmpty();
            slow.readAgain();
            slow.expect("RECORD [1]", "RECORD [2]", "SUCCESS");
        }
    }

    @Test
    void aClientThatNeverReadsIsGivenUp() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.connection().writable(false);
            talk.send(run("rows", BoltTalk.timeout(Duration.ofMillis(300))), pull(-1));
            assertThat(talk.firstFailure().code()).isEqualTo("Neo.ClientError.Transaction.TransactionTimedOut");
            assertThat(door.queries()).isZero();
            assertThat(talk.connection().isAborted()).isFalse();
            door.door().tick(System.nanoTime() + HOUR_NANOS);
            assertThat(talk.connection().isAborted()).isTrue();
        }
    }

    @Test
    void aClientThatGoesAwayFreesItsQueries() throws Exception {
        try (TestDoor door = door(Map.of())) {
            try (BoltTalk computing = door.ready(V5_8);
                    BoltTalk parked = door.ready(V5_8);
                    BoltTalk blocked = door.ready(V5_8)) {
                computing.send(run("endless"), pull(-1));
                parked.send(BEGIN, run("rows"), run("rows"), pull(5, 0));
                parked.expect("SUCCESS", "SUCCESS", "SUCCESS", "RECORD [1]", "RECORD [2]", "RECORD [3]", "RECORD [4]");
                blocked.connection().writable(false);
                blocked.send(run("rows"), pull(-1));
                blocked.expect("SUCCESS");
                graph.endlessStarted().await();
                assertThat(door.queries()).isEqualTo(4);
                assertThat(door.metric("spangraph_bolt_connections")).isEqualTo(3);
            }
            await().until(() -> door.queries() == 0);
            assertThat(door.metric("spangraph_results_open")).isZero();
            await().until(() -> door.metric("spangraph_transactions_open") == 0);
            assertThat(door.metric("spangraph_bolt_connections")).isZero();
        }
    }

    @Test
    void anIdleTransactionEnds() {
        try (TestDoor door = door(Map.of("limits.transaction-idle", "200ms"));
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(BEGIN, run("rows"), pull(1));
            talk.expect("SUCCESS", "SUCCESS", "RECORD [1]", "SUCCESS");
            await().until(() -> {
                door.door().tick(System.nanoTime());
                return door.queries() == 0;
            });
            talk.send(run("one"));
            assertThat(talk.failure().code()).isEqualTo("Neo.ClientError.Transaction.TransactionNotFound");
        }
    }

    @Test
    void transactionsAreLimited() {
        try (TestDoor door = door(Map.of("limits.transactions", "1"));
                BoltTalk first = door.ready(V5_8);
                BoltTalk second = door.ready(V5_8)) {
            first.send(BEGIN);
            first.expect("SUCCESS");
            second.send(BEGIN);
            assertThat(second.failure().message())
                    .isEqualTo("There are already 1 open transactions. Commit or roll back those that are done,"
                            + " or raise limits.transactions.");
            first.send(RESET);
            first.expect("SUCCESS");
            second.send(RESET, BEGIN);
            second.expect("SUCCESS", "SUCCESS");
        }
    }

    @Test
    void aLongQueryKeepsItsConnectionAlive() throws Exception {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            AtomicLong time = new AtomicLong(System.nanoTime());
            await().until(() -> {
                int before = talk.connection().noops(); // the turn of the log-in may go on for a moment
                door.door().tick(time.addAndGet(HOUR_NANOS));
                return talk.connection().noops() == before;
            });
            int before = talk.connection().noops();
            talk.send(run("endless"), pull(-1));
            graph.endlessStarted().await();
            door.door().tick(time.addAndGet(HOUR_NANOS));
            assertThat(talk.connection().noops()).isEqualTo(before + 1);
        }
    }

    @Test
    void otherDatabasesAreNotFound() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(run("one", BoltTalk.database("SYSTEM")), pull(-1));
            talk.expect("SUCCESS", "RECORD [1]", "SUCCESS");
            talk.send(run("one", BoltTalk.database("trace")));
            BoltResponse.Failure failure = talk.failure();
            assertThat(failure.code()).isEqualTo("Neo.ClientError.Database.DatabaseNotFound");
            assertThat(failure.message())
                    .isEqualTo("There is no database 'trace'; this server has 'traces'. Did you mean 'traces'?");
        }
    }

    @Test
    void aValueThatCannotBeUsedFailsItsQueryOnly() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            QueryException problem = QueryException.of(QueryErrorCode.ARGUMENT_ERROR, "A node is no parameter.");
            talk.send(new BoltRequest.Refused(problem), pull(-1));
            talk.expect("FAILURE Neo.ClientError.Statement.ArgumentError", "IGNORED");
            talk.send(RESET, run("one"), pull(-1));
            talk.expect("SUCCESS", "SUCCESS", "RECORD [1]", "SUCCESS");
        }
    }

    @Test
    void statusesFollowTheFilterOfTheClient() {
        String warning = "{gql_status: '01N50', status_description: 'warn: label does not exist. The label 'Spam' is"
                + " not in the graph.', description: 'The label 'Spam' is not in the graph.', neo4j_code:"
                + " 'Neo.ClientNotification.Statement.UnknownLabelWarning', title: 'The provided label is not in the"
                + " database.', diagnostic_record: {OPERATION: '', OPERATION_CODE: '0', CURRENT_SCHEMA: '/',"
                + " _severity: 'WARNING', _classification: 'UNRECOGNIZED', _position: {offset: 8, line: 1, column: 9}}}";
        String noData = "{gql_status: '02000', status_description: 'note: no data', diagnostic_record:"
                + " {OPERATION: '', OPERATION_CODE: '0', CURRENT_SCHEMA: '/'}}";
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            assertThat(statuses(talk, NotificationFilter.UNSET)).isEqualTo("[" + noData + ", " + warning + "]");
            assertThat(statuses(talk, new NotificationFilter(Optional.of("OFF"), Optional.empty())))
                    .isEqualTo("[" + noData + "]");
            assertThat(statuses(talk, new NotificationFilter(Optional.empty(), Optional.of(Set.of("UNRECOGNIZED")))))
                    .isEqualTo("[" + noData + "]");
        }
    }

    private static String statuses(BoltTalk talk, NotificationFilter filter) {
        TransactionOptions options = new TransactionOptions(
                List.of(), Optional.empty(), Map.of(), true, Optional.empty(), Optional.empty(), filter);
        talk.send(run("unknown label", options), pull(-1));
        talk.expect("SUCCESS");
        return BoltTalk.text(talk.success().getOrDefault("statuses", Value.NULL));
    }

    @Test
    void olderClientsAreSentNotifications() {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(new ProtocolVersion(5, 4))) {
            talk.send(run("unknown label"), pull(-1));
            talk.expect("SUCCESS");
            Map<String, Value> summary = talk.success();
            assertThat(summary).doesNotContainKey("statuses");
            assertThat(BoltTalk.text(summary.getOrDefault("notifications", Value.NULL)))
                    .isEqualTo("[{code: 'Neo.ClientNotification.Statement.UnknownLabelWarning', title: 'The provided"
                            + " label is not in the database.', description: 'The label 'Spam' is not in the graph.',"
                            + " severity: 'WARNING', category: 'UNRECOGNIZED',"
                            + " position: {offset: 8, line: 1, column: 9}}]");
        }
    }

    @Test
    void aFloodOfRequestsIsHeldBack() throws Exception {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(run("endless"), pull(-1));
            graph.endlessStarted().await();
            for (int i = 0; i < 1_100; i++) {
                talk.send(new BoltRequest.Telemetry(i));
            }
            await().until(() -> !talk.connection().isReading());
            String id = door.service().list(TestDoor.EVERYBODY).getFirst().id();
            assertThat(door.service().kill(id, TestDoor.EVERYBODY)).isTrue();
            talk.expect("SUCCESS", "FAILURE Neo.ClientError.Transaction.Terminated", "IGNORED");
            await().until(() -> talk.connection().isReading());
        }
    }

    @Test
    void longRequestsThatWaitAreHeldBackSooner() throws Exception {
        try (TestDoor door = door(Map.of());
                BoltTalk talk = door.ready(V5_8)) {
            talk.send(run("endless"), pull(-1));
            graph.endlessStarted().await();
            Value large = Value.of("x".repeat(9 << 20));
            talk.send(new BoltRequest.Run("one", Map.of("text", large), BoltTalk.NO_OPTIONS));
            talk.send(new BoltRequest.Run("one", Map.of("text", large), BoltTalk.NO_OPTIONS));
            await().until(() -> !talk.connection().isReading());
            talk.disconnect();
            await().until(() -> door.queries() == 0);
        }
    }

    @Test
    void aBusyServerRefusesAQueryAndNotTheConnection() throws Exception {
        try (TestDoor door = door(Map.of("limits.concurrent-queries", "1", "limits.queued-queries", "0"));
                BoltTalk first = door.ready(V5_8);
                BoltTalk second = door.ready(V5_8)) {
            first.send(run("endless"), pull(-1));
            graph.endlessStarted().await();
            second.send(run("one"), pull(-1));
            second.expect("FAILURE Neo.TransientError.Request.NoThreadsAvailable", "IGNORED");
            second.send(RESET);
            second.expect("SUCCESS");
            first.send(RESET);
            first.expect("SUCCESS", "IGNORED", "SUCCESS");
            await().until(() -> door.queries() == 0);
            second.send(run("one"), pull(-1));
            second.expect("SUCCESS", "RECORD [1]", "SUCCESS");
        }
    }
}
