package io.spangraph.engine.explain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operator of a finished plan as clients draw it.
 *
 * @param operator name as graph users know it
 * @param details what the operator does, in one line
 * @param arguments further facts by name; values are texts, numbers or Booleans
 * @param profile what the operator did, when the query was profiled
 */
public record PlanDescription(
        String operator,
        String details,
        List<String> variables,
        Map<String, Object> arguments,
        Optional<Profile> profile,
        List<PlanDescription> children) {
    public PlanDescription {
        variables = List.copyOf(variables);
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        children = List.copyOf(children);
    }

    /** Counts of one operator. */
    public record Profile(long rows, long batches, long nanos, long bytesRead, long filesRead) {}
}
