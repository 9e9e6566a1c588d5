package io.spangraph.engine.spi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which state of the tables a query wants to read. */
public sealed interface SnapshotSelector {
    /** The newest state of each table, as new as {@code freshness} asks for. */
    record Current() implements SnapshotSelector {}

    /** The id of one table's snapshot; other tables are read as they were at its commit. */
    record SnapshotId(long id) implements SnapshotSelector {
        private static final Pattern FORM = Pattern.compile("-?[0-9]{1,19}");

        /** The id that a text is; empty when it is none. */
        public static Optional<SnapshotSelector> parse(String text) {
            try {
                return FORM.matcher(text).matches()
                        ? Optional.of(new SnapshotId(Long.parseLong(text)))
                        : Optional.empty();
            } catch (NumberFormatException tooLarge) {
                return Optional.empty();
            }
        }
    }

    record AsOf(Instant time) implements SnapshotSelector {
        /** A moment such as 2026-04-08T12:00:00Z, or a day, which begins at midnight UTC; empty for anything else. */
        public static Optional<SnapshotSelector> parse(String text) {
            try {
                return Optional.of(new AsOf(
                        text.indexOf('T') < 0
                                ? LocalDate.parse(text)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .toInstant()
                                : OffsetDateTime.parse(text).toInstant()));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    /** A tag or branch. */
    record Ref(String name) implements SnapshotSelector {}

    /** What a text names: a snapshot id, a moment, or else a tag or branch; empty when it begins like a number in vain. */
    static Optional<SnapshotSelector> parse(String text) {
        Optional<SnapshotSelector> number = SnapshotId.parse(text).or(() -> AsOf.parse(text));
        if (number.isPresent() || text.isBlank()) {
            return number;
        }
        return Character.isDigit(text.charAt(0)) ? Optional.empty() : Optional.of(new Ref(text));
    }
}
