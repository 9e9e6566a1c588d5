package io.spangraph.server.query;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.SnapshotSelector;
import java.util.List;

/** How requests of all doors write which state of the tables they want to read. */
public final class SnapshotText {
    private SnapshotText() {}

    /** A snapshot id, a moment, or the name of a tag or branch. */
    public static SnapshotSelector read(String text) {
        if (text.isBlank()) {
            throw invalid();
        }
        return SnapshotSelector.parse(text)
                .orElseThrow(() -> QueryException.of(
                        QueryErrorCode.REQUEST_INVALID,
                        "Invalid request: the snapshot time '" + text + "' is not of the form 2026-04-08T12:00:00Z."));
    }

    /** A moment; {@code key} is what the request calls it. */
    public static SnapshotSelector readMoment(String key, String text) {
        return SnapshotSelector.AsOf.parse(text).orElseThrow(() -> invalidMoment(key));
    }

    /** The name of a tag or branch; {@code key} is what the request calls it. */
    public static SnapshotSelector readRef(String key, String text) {
        if (text.isBlank()) {
            throw invalidRef(key);
        }
        return new SnapshotSelector.Ref(text);
    }

    /** What to say about a value that names no state. */
    public static QueryException invalid() {
        return QueryException.of(
                QueryErrorCode.REQUEST_INVALID,
                "Invalid request: 'snapshot' must be a snapshot id, a time such as 2026-04-08T12:00:00Z,"
                        + " or the name of a tag or branch.");
    }

    /** What to say about a value that is no moment. */
    public static QueryException invalidMoment(String key) {
        return QueryException.of(
                QueryErrorCode.REQUEST_INVALID,
                "Invalid request: '" + key + "' must be a time such as 2026-04-08T12:00:00Z.");
    }

    /** What to say about a value that is no name. */
    public static QueryException invalidRef(String key) {
        return QueryException.of(
                QueryErrorCode.REQUEST_INVALID, "Invalid request: '" + key + "' must be the name of a tag or branch.");
    }

    /** The one state that a request names, in however many places; the current one if it names none. */
    public static SnapshotSelector one(List<SnapshotSelector> named) {
        List<SnapshotSelector> different = named.stream().distinct().toList();
        if (different.size() > 1) {
            throw QueryException.of(
                            QueryErrorCode.ARGUMENT_ERROR,
                            "The request names two states of the tables, " + write(different.get(0)) + " and "
                                    + write(different.get(1)) + ".")
                    .withHint("A query reads one state of all its tables: name it once.");
        }
        return different.stream().findFirst().orElseGet(SnapshotSelector.Current::new);
    }

    /** For messages. */
    static String write(SnapshotSelector selector) {
        return switch (selector) {
            case SnapshotSelector.Current current -> "the newest state";
            case SnapshotSelector.SnapshotId(long id) -> "snapshot " + id;
            case SnapshotSelector.AsOf(java.time.Instant time) -> "the state of " + time;
            case SnapshotSelector.Ref(String name) -> "tag or branch '" + name + "'";
        };
    }
}
