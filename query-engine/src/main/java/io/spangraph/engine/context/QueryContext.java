package io.spangraph.engine.context;

import io.spangraph.model.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a running query may use. One per query; plans hold none of it, so that they can be cached.
 *
 * @param parameters by name, without the dollar sign
 */
public record QueryContext(
        Principal principal,
        Map<String, Value> parameters,
        QueryLimits limits,
        MemoryBudget memory,
        Cancellation cancellation) {

    public QueryContext {
        parameters = Map.copyOf(parameters);
    }

    public static QueryContext of(Principal principal, Map<String, Value> parameters, QueryLimits limits) {
        return new QueryContext(
                principal,
                parameters,
                limits,
                new MemoryBudget(limits.maxMemoryBytes()),
                Cancellation.after(limits.timeout()));
    }

    /** The value of a parameter, or an error that names those that were given. */
    public Value parameter(String name) {
        return Optional.ofNullable(parameters.get(name))
                .orElseThrow(() -> QueryException.of(QueryErrorCode.PARAMETER_MISSING, "Expected parameter(s): " + name)
                        .withHint("Send it with the request; given were: "
                                + (parameters.isEmpty()
                                        ? "none"
                                        : String.join(
                                                ", ",
                                                parameters.keySet().stream()
                                                        .sorted()
                                                        .toList()))
                                + "."));
    }
}
