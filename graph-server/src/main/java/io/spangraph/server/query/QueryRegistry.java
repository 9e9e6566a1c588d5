package io.spangraph.server.query;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The queries that run now. A principal sees and ends its own, an operator everybody's, and both only those of the
 * tenant that they ask for; for others a query does not exist.
 */
final class QueryRegistry {
    private final Map<String, ActiveQuery> active = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final String prefix = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    /** An id that no query of this or an earlier run of the server had. */
    String nextId() {
        return "q-" + prefix + "-" + numbers.incrementAndGet();
    }

    void add(ActiveQuery query) {
        active.put(query.id(), query);
    }

    void remove(ActiveQuery query) {
        active.remove(query.id());
    }

    int size() {
        return active.size();
    }

    List<QueryInfo> list(Principal principal) {
        return active.values().stream()
                .filter(query -> mayTouch(principal, query))
                .map(ActiveQuery::info)
                .sorted(Comparator.comparing(QueryInfo::started).thenComparing(QueryInfo::id))
                .toList();
    }

    boolean cancel(String id, Principal principal, Cancellation.Reason reason) {
        Optional<ActiveQuery> found = Optional.ofNullable(active.get(id)).filter(query -> mayTouch(principal, query));
        found.ifPresent(query -> query.cancel(reason));
        return found.isPresent();
    }

    void cancelAll(Cancellation.Reason reason) {
        active.values().forEach(query -> query.cancel(reason));
    }

    /** A text may hold another tenant's names, so not even a service sees its own queries for other tenants. */
    private static boolean mayTouch(Principal principal, ActiveQuery query) {
        boolean own = query.principal().name().equals(principal.name());
        boolean inView = principal.tenant().isEmpty()
                || principal.tenant().equals(query.principal().tenant());
        return inView && (own || principal.isOperator());
    }
}
