package io.spangraph.server.bolt.session;

import io.spangraph.engine.plan.Notification;
import java.util.Arrays;

/** What the code of a notification stands for in GQL, and by which word clients switch it off. */
enum NotificationKind {
    UNKNOWN_LABEL("UnknownLabelWarning", "UNRECOGNIZED", "01N50", "warn: label does not exist"),
    UNKNOWN_TYPE("UnknownRelationshipTypeWarning", "UNRECOGNIZED", "01N51", "warn: relationship type does not exist"),
    UNKNOWN_PROPERTY("UnknownPropertyKeyWarning", "UNRECOGNIZED", "01N52", "warn: property key does not exist"),
    CARTESIAN_PRODUCT("CartesianProduct", "PERFORMANCE", "03N90", "info: cartesian product"),
    OPTION_WITHOUT_EFFECT("UnsupportedOption", "UNSUPPORTED", "03N42", "info: unsupported option"),
    OTHER_WARNING("", "GENERIC", "01N42", "warn: unknown warning"),
    OTHER_INFORMATION("", "GENERIC", "03N42", "info: unknown notification");

    private final String code;
    private final String classification;
    private final String gqlStatus;
    private final String condition;

    NotificationKind(String code, String classification, String gqlStatus, String condition) {
        this.code = code;
        this.classification = classification;
        this.gqlStatus = gqlStatus;
        this.condition = condition;
    }

    static NotificationKind of(Notification notification) {
        return Arrays.stream(values())
                .filter(kind -> !kind.code.isEmpty() && notification.code().endsWith("." + kind.code))
                .findFirst()
                .orElseGet(() -> switch (notification.severity()) {
                    case WARNING -> OTHER_WARNING;
                    case INFORMATION -> OTHER_INFORMATION;
                });
    }

    String classification() {
        return classification;
    }

    String gqlStatus() {
        return gqlStatus;
    }

    String condition() {
        return condition;
    }
}
