package io.spangraph.server.bolt.transport;

import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.message.BoltResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each request at once: PULL by as many rows as it asks for, all else by SUCCESS. Everybody may log in. */
final class ScriptedSession implements BoltSession {
    /** The requests and events of all sessions, and how many there are. */
    static final class Log {
        final Queue<BoltRequest> requests = new ConcurrentLinkedQueue<>();
        final Queue<String> problems = new ConcurrentLinkedQueue<>();
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        final AtomicInteger writable = new AtomicInteger();
    }

    private final BoltConnection connection;
    private final Log log;

    ScriptedSession(BoltConnection connection, Log log) {
        this.connection = connection;
        this.log = log;
        log.opened.incrementAndGet();
    }

    @Override
    public void received(BoltRequest request) {
        log.requests.add(request);
        switch (request) {
            case BoltRequest.Hello hello -> {
                hello.token().ifPresent(token -> connection.authenticated());
                succeed(Map.of("connection_id", Value.of(connection.id())));
            }
            case BoltRequest.Logon logon -> {
                connection.authenticated();
                succeed(Map.of());
            }
            case BoltRequest.Pull(long count, long query) -> {
                for (long row = 0; row < Math.min(count, 1_000_000); row++) {
                    connection.write(new BoltResponse.Record(List.of(Value.of(row))));
                }
                succeed(Map.of());
            }
            case BoltRequest.Run run -> succeed(run.parameters());
            case BoltRequest.Refused refused ->
                fail("refused", refused.problem().getMessage());
            case BoltRequest.Goodbye goodbye -> connection.close();
            case BoltRequest.Logoff none -> succeed(Map.of());
            case BoltRequest.Reset none -> succeed(Map.of());
            case BoltRequest.Begin begin -> succeed(Map.of());
            case BoltRequest.Commit none -> succeed(Map.of());
            case BoltRequest.Rollback none -> succeed(Map.of());
            case BoltRequest.Discard discard -> succeed(Map.of());
            case BoltRequest.Telemetry telemetry -> succeed(Map.of());
            case BoltRequest.Route route -> succeed(Map.of());
        }
    }

    private void succeed(Map<String, Value> metadata) {
        connection.write(new BoltResponse.Success(metadata));
        connection.flush();
    }

    private void fail(String code, String message) {
        connection.write(new BoltResponse.Failure(code, message, "50000", "error", Map.of(), Optional.empty()));
        connection.flush();
    }

    @Override
    public void malformed(MalformedMessageException problem) {
        log.problems.add(problem.getMessage());
        fail("Neo.ClientError.Request.Invalid", problem.getMessage());
        connection.close();
    }

    @Override
    public void writable() {
        log.writable.incrementAndGet();
    }

    @Override
    public void closed() {
        log.closed.incrementAndGet();
    }
}
