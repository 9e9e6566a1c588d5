package io.spangraph.server.query;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.SnapshotSelector;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** How requests of all doors write which state of the tables they want to read. */
public final class SnapshotText {
    private SnapshotText() {}

    /** A moment, or the name of a tag or branch; snapshot ids are numbers and need no reading. */
    public static SnapshotSelector read(String text) {
        if (text.isBlank()) {
            throw invalid();
        }
        if (!Character.isDigit(text.charAt(0))) {
            return new SnapshotSelector.Ref(text);
        }
        try {
            return new SnapshotSelector.AsOf(
                    text.indexOf('T') < 0
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw QueryException.of(
                    QueryErrorCode.REQUEST_INVALID,
                    "Invalid request: the snapshot time '" + text + "' is not of the form 2026-04-08T12:00:00Z.");
        }
    }

    /** What to say about a value that names no state. */
    public static QueryException invalid() {
        return QueryException.of(
                QueryErrorCode.REQUEST_INVALID,
                "Invalid request: 'snapshot' must be a snapshot id, a time such as 2026-04-08T12:00:00Z,"
                        + " or the name of a tag or branch.");
    }
}
