package io.spangraph.server.query;

import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import java.time.Duration;
import java.util.Optional;

/**
 * How a query is to be run.
 *
 * @param timeout shorter than the server's limit, which holds otherwise
 * @param snapshot which state of the tables to read
 * @param pinned the state that an open transaction has chosen; what else is named has to come to the same
 */
public record QueryOptions(
        Optional<Duration> timeout,
        SnapshotSelector snapshot,
        Optional<PinnedState> pinned,
        UnknownNames unknownNames) {

    /** The newest state, the server's time limit. */
    public static QueryOptions of(UnknownNames unknownNames) {
        return new QueryOptions(Optional.empty(), new SnapshotSelector.Current(), Optional.empty(), unknownNames);
    }

    public QueryOptions withTimeout(Duration limit) {
        return new QueryOptions(Optional.of(limit), snapshot, pinned, unknownNames);
    }

    public QueryOptions withSnapshot(SnapshotSelector selector) {
        return new QueryOptions(timeout, selector, pinned, unknownNames);
    }

    public QueryOptions withPinned(PinnedState state) {
        return new QueryOptions(timeout, snapshot, Optional.of(state), unknownNames);
    }
}
