package io.spangraph.server.bolt.session;

import io.spangraph.engine.row.ValueSize;
import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.message.BoltRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The requests that wait on a connection. Says when there are so many, or such long ones, that no more should be taken
 * in for a while: a client may send faster than its queries run.
 */
final class Backlog {
    private static final int MANY = 1_024;
    private static final long MANY_BYTES = 16L << 20;

    /** Taking in goes on when no more than such a part is left. */
    private static final int PART_LEFT = 8;

    private final Deque<BoltRequest> requests = new ArrayDeque<>();
    private long bytes;

    void add(BoltRequest request) {
        requests.add(request);
        bytes += size(request);
    }

    Optional<BoltRequest> poll() {
        Optional<BoltRequest> next = Optional.ofNullable(requests.poll());
        next.ifPresent(request -> bytes -= size(request));
        return next;
    }

    void clear() {
        requests.clear();
        bytes = 0;
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    boolean isLong() {
        return requests.size() >= MANY || bytes >= MANY_BYTES;
    }

    boolean isShortAgain() {
        return requests.size() <= MANY / PART_LEFT && bytes <= MANY_BYTES / PART_LEFT;
    }

    /** Only queries and their parameters can be long. */
    private static long size(BoltRequest request) {
        return request instanceof BoltRequest.Run run
                ? run.query().length() + ValueSize.of(new Value.MapValue(run.parameters()))
                : 0;
    }
}
