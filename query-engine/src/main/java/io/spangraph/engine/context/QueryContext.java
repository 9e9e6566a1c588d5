package io.spangraph.engine.context;

import io.spangraph.model.value.Value;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything a running query may use. One per query; plans hold none of it, so that they can be cached.
 *
 * @param parameters by name, without the dollar sign
 * @param startedAt the present moment of the whole query, so that {@code datetime()} is one value wherever it stands
 * @param execution what it shares with other queries
 */
public record QueryContext(
        Principal principal,
        Map<String, Value> parameters,
        QueryLimits limits,
        MemoryBudget memory,
        Cancellation cancellation,
        Instant startedAt,
        Execution execution) {

    /** What the names of parameters begin with that no client sends: they stand for literals of the text. */
    public static final String OPEN_LITERAL = "\u0000";

    public QueryContext {
        parameters = Map.copyOf(parameters);
    }

    /** The context of a query that starts now and runs on one thread. */
    public QueryContext(
            Principal principal,
            Map<String, Value> parameters,
            QueryLimits limits,
            MemoryBudget memory,
            Cancellation cancellation) {
        this(principal, parameters, limits, memory, cancellation, Instant.now(), Execution.SEQUENTIAL);
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
                        .withHint("Send it with the request; given were: " + given() + "."));
    }

    private String given() {
        String names = parameters.keySet().stream()
                .filter(name -> !name.startsWith(OPEN_LITERAL))
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
