package io.spangraph.acceptance;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every name and id in a lake that belongs to other tenants than one, found by SQL. */
final class TenantNames {
    private static final List<String> COLUMNS = List.of(
            "tenant_id from pg_tenants",
            "agent_id from pg_agents",
            "agent_id from pg_traces",
            "trace_id from pg_traces",
            "session_key from pg_traces",
            "agent_id from pg_spans",
            "trace_id from pg_spans",
            "span_id from pg_spans");
    /** Shorter names occur by chance. */
    private static final int SHORTEST = 4;

    private final Map<String, Set<String>> byBeginning = new HashMap<>();

    /** The names in all rows that do not occur in the tenant's own. */
    TenantNames(DuckDbLake all, DuckDbLake own) throws SQLException {
        for (String column : COLUMNS) {
            Set<String> names = new HashSet<>(all.rows("select distinct " + column, Map.of()));
            names.removeAll(own.rows("select distinct " + column, Map.of()));
            names.stream()
                    .filter(name -> name.length() >= SHORTEST)
                    .forEach(name -> byBeginning
                            .computeIfAbsent(name.substring(0, SHORTEST), beginning -> new HashSet<>())
                            .add(name));
        }
    }

    int size() {
        return byBeginning.values().stream().mapToInt(Set::size).sum();
    }

    /** One of the names that the text holds, anywhere. */
    Optional<String> firstIn(String text) {
        for (int start = 0; start + SHORTEST <= text.length(); start++) {
            String beginning = text.substring(start, start + SHORTEST);
            for (String name : byBeginning.getOrDefault(beginning, Set.of())) {
                if (text.startsWith(name, start)) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }
}
