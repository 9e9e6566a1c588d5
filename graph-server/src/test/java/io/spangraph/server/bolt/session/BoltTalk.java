package io.spangraph.server.bolt.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.message.AuthToken;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.message.BoltResponse;
import io.spangraph.server.bolt.message.NotificationFilter;
import io.spangraph.server.bolt.message.TransactionOptions;
import io.spangraph.server.bolt.transport.BoltSession;
import io.spangraph.server.bolt.transport.MalformedMessageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A client on a connection in memory: sends requests from one thread, as an event loop does, and reads the answers. */
final class BoltTalk implements AutoCloseable {
    static final BoltRequest HELLO =
            new BoltRequest.Hello("test/1", Optional.empty(), Optional.empty(), NotificationFilter.UNSET, List.of());
    static final BoltRequest LOGON = new BoltRequest.Logon(new AuthToken("none", Optional.empty(), Optional.empty()));
    static final BoltRequest RESET = new BoltRequest.Reset();
    static final TransactionOptions NO_OPTIONS = new TransactionOptions(
            List.of(), Optional.empty(), Map.of(), true, Optional.empty(), Optional.empty(), NotificationFilter.UNSET);
    static final BoltRequest BEGIN = new BoltRequest.Begin(NO_OPTIONS);
    static final BoltRequest COMMIT = new BoltRequest.Commit();

    private static final long PATIENCE_SECONDS = 40;

    private final TestConnection connection;
    private final BoltSession session;
    private final ExecutorService eventLoop = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("event-loop").daemon().factory());

    BoltTalk(BoltDoor door, TestConnection connection) {
        this.connection = connection;
        this.session = door.open(connection);
    }

    TestConnection connection() {
        return connection;
    }

    static BoltRequest run(String query) {
        return run(query, NO_OPTIONS);
    }

    static BoltRequest run(String query, TransactionOptions options) {
        return new BoltRequest.Run(query, Map.of(), options);
    }

    static BoltRequest pull(long count) {
        return new BoltRequest.Pull(count, -1);
    }

    static BoltRequest pull(long count, long queryId) {
        return new BoltRequest.Pull(count, queryId);
    }

    static TransactionOptions metadata(Map<String, Value> metadata) {
        return new TransactionOptions(
                List.of(),
                Optional.empty(),
                metadata,
                true,
                Optional.empty(),
                Optional.empty(),
                NotificationFilter.UNSET);
    }

    static TransactionOptions timeout(Duration timeout) {
        return new TransactionOptions(
                List.of(),
                Optional.of(timeout),
                Map.of(),
                true,
                Optional.empty(),
                Optional.empty(),
                NotificationFilter.UNSET);
    }

    static TransactionOptions database(String name) {
        return new TransactionOptions(
                List.of(),
                Optional.empty(),
                Map.of(),
                true,
                Optional.of(name),
                Optional.empty(),
                NotificationFilter.UNSET);
    }

    void send(BoltRequest... requests) {
        onEventLoop(() -> Arrays.stream(requests).forEach(session::received));
    }

    void sendGarbage(String problem) {
        onEventLoop(() -> session.malformed(new MalformedMessageException(problem)));
    }

    void disconnect() {
        onEventLoop(session::closed);
    }

    void readAgain() {
        connection.writable(true);
        onEventLoop(session::writable);
    }

    private void onEventLoop(Runnable work) {
        Future<?> unused = eventLoop.submit(work);
    }

    BoltResponse next() {
        try {
            BoltResponse response = connection.sent().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(response).as("an answer").isNotNull();
            return java.util.Objects.requireNonNull(response);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, Value> success() {
        BoltResponse response = next();
        assertThat(response).isInstanceOf(BoltResponse.Success.class);
        return ((BoltResponse.Success) response).metadata();
    }

    BoltResponse.Failure failure() {
        BoltResponse response = next();
        assertThat(response).isInstanceOf(BoltResponse.Failure.class);
        return (BoltResponse.Failure) response;
    }

    /** The failure that comes sooner or later. */
    BoltResponse.Failure firstFailure() {
        BoltResponse response = next();
        while (response instanceof BoltResponse.Success) {
            response = next();
        }
        assertThat(response).isInstanceOf(BoltResponse.Failure.class);
        return (BoltResponse.Failure) response;
    }

    /** The kinds of the next answers, and the values of rows. */
    void expect(String... answers) {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            seen.add(shortText(next()));
        }
        assertThat(seen).containsExactly(answers);
    }

    static String shortText(BoltResponse response) {
        return switch (response) {
            case BoltResponse.Success success -> "SUCCESS";
            case BoltResponse.Record row -> "RECORD " + text(Value.of(row.fields()));
            case BoltResponse.Ignored ignored -> "IGNORED";
            case BoltResponse.Failure failure -> "FAILURE " + failure.code();
        };
    }

    static String longText(BoltResponse response) {
        return switch (response) {
            case BoltResponse.Success(Map<String, Value> metadata) -> "SUCCESS " + text(new Value.MapValue(metadata));
            case BoltResponse.Record row -> "RECORD " + text(Value.of(row.fields()));
            case BoltResponse.Ignored ignored -> "IGNORED";
            case BoltResponse.Failure failure ->
                "FAILURE " + failure.code() + " " + failure.gqlStatus() + " " + failure.message();
        };
    }

    static String text(Value value) {
        return switch (value) {
            case Value.StringValue(String text) -> "'" + text + "'";
            case Value.IntegerValue(long number) -> Long.toString(number);
            case Value.BooleanValue(boolean flag) -> Boolean.toString(flag);
            case Value.ListValue(List<Value> elements) ->
                elements.stream().map(BoltTalk::text).collect(Collectors.joining(", ", "[", "]"));
            case Value.MapValue(Map<String, Value> entries) ->
                entries.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Value other -> other.toString();
        };
    }

    @Override
    public void close() {
        disconnect();
        eventLoop.close();
    }
}
