package io.spangraph.server.bolt.message;

import java.util.Optional;
import java.util.Set;

/**
 * Which notifications a client wants.
 *
 * @param minimumSeverity OFF, WARNING or INFORMATION; empty: as set before, or all
 * @param disabled categories or classifications in capitals
 */
public record NotificationFilter(Optional<String> minimumSeverity, Optional<Set<String>> disabled) {
    public static final NotificationFilter UNSET = new NotificationFilter(Optional.empty(), Optional.empty());

    public NotificationFilter {
        disabled = disabled.map(Set::copyOf);
    }
}
