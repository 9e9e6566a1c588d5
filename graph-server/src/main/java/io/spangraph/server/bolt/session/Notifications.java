package io.spangraph.server.bolt.session;

import io.spangraph.engine.plan.Notification;
import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.message.NotificationFilter;
import io.spangraph.server.bolt.message.ProtocolVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the author of a query should know, in the form of the client's version: GQL statuses, or the notifications of
 * older ones.
 */
final class Notifications {
    private static final String WARNING = "WARNING";

    /** How a result ended, when it ended well. */
    enum Completion {
        ROWS("00000", "note: successful completion"),
        NO_ROWS("02000", "note: no data"),
        NO_COLUMNS("00001", "note: successful completion - omitted result");

        private final String gqlStatus;
        private final String description;

        Completion(String gqlStatus, String description) {
            this.gqlStatus = gqlStatus;
            this.description = description;
        }
    }

    private Notifications() {}

    /** A filter where what one level leaves open is as the level above has it. */
    static NotificationFilter narrowed(NotificationFilter above, NotificationFilter filter) {
        return new NotificationFilter(
                filter.minimumSeverity().or(above::minimumSeverity),
                filter.disabled().or(above::disabled));
    }

    /** Adds the member of a summary. */
    static void put(
            Map<String, Value> metadata,
            ProtocolVersion version,
            Completion completion,
            List<Notification> all,
            NotificationFilter filter) {
        List<Notification> wanted = all.stream()
                .filter(notification -> isWanted(notification, filter))
                .toList();
        if (version.isAtLeast(ProtocolVersion.V5_6)) {
            metadata.put("statuses", Value.of(statuses(completion, wanted)));
        } else if (!wanted.isEmpty()) {
            metadata.put(
                    "notifications",
                    Value.of(wanted.stream().map(Notifications::older).toList()));
        }
    }

    private static boolean isWanted(Notification notification, NotificationFilter filter) {
        String least = filter.minimumSeverity().orElse("INFORMATION");
        boolean grave = !least.equals("OFF")
                && (!least.equals(WARNING) || notification.severity() == Notification.Severity.WARNING);
        return grave
                && filter.disabled()
                        .filter(off ->
                                off.contains(NotificationKind.of(notification).classification()))
                        .isEmpty();
    }

    /** In GQL's order: no data, warnings, success, information. */
    private static List<Value> statuses(Completion completion, List<Notification> wanted) {
        Map<String, Value> end = new LinkedHashMap<>();
        end.put("gql_status", Value.of(completion.gqlStatus));
        end.put("status_description", Value.of(completion.description));
        end.put("diagnostic_record", new Value.MapValue(Diagnostics.common()));
        List<Value.MapValue> statuses = new ArrayList<>();
        Stream.concat(Stream.of(new Value.MapValue(end)), wanted.stream().map(Notifications::status))
                .sorted(Comparator.comparingInt(Notifications::rank))
                .forEach(statuses::add);
        return List.copyOf(statuses);
    }

    private static int rank(Value.MapValue status) {
        return status.entries().get("gql_status") instanceof Value.StringValue(String code)
                ? List.of("02", "01", "00", "03").indexOf(code.substring(0, 2))
                : 0;
    }

    private static Value.MapValue status(Notification notification) {
        NotificationKind kind = NotificationKind.of(notification);
        Map<String, Value> record = Diagnostics.common();
        record.put("_severity", Value.of(notification.severity().name()));
        record.put("_classification", Value.of(kind.classification()));
        notification.position().ifPresent(place -> record.put("_position", FailureForm.position(place)));
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("gql_status", Value.of(kind.gqlStatus()));
        entries.put("status_description", Value.of(kind.condition() + ". " + notification.description()));
        entries.put("description", Value.of(notification.description()));
        entries.put("neo4j_code", Value.of(notification.code()));
        entries.put("title", Value.of(notification.title()));
        entries.put("diagnostic_record", new Value.MapValue(record));
        return new Value.MapValue(entries);
    }

    private static Value older(Notification notification) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("code", Value.of(notification.code()));
        entries.put("title", Value.of(notification.title()));
        entries.put("description", Value.of(notification.description()));
        entries.put("severity", Value.of(notification.severity().name()));
        entries.put("category", Value.of(NotificationKind.of(notification).classification()));
        notification.position().ifPresent(place -> entries.put("position", FailureForm.position(place)));
        return new Value.MapValue(entries);
    }
}
