package io.spangraph.engine.run;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.physical.ScanTemplate.Subject;
import io.spangraph.engine.run.ScanBinder.PlannedScan;
import io.spangraph.engine.spi.ScanPlan.Narrowing;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.PropertyMapping;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses a query whose scans would read more than it may, before it reads anything, and says what would make it small:
 * a condition that its author can add is worth more than a limit that somebody has to raise.
 *
 * @param bytes of the columns of all scans together
 */
record ScanBudget(long bytes) {
    private static final int MOST_ADVICE = 2;

    /**
     * Checks the scans by the columns that they read.
     *
     * @param read by scans that have ended
     */
    void check(Collection<PlannedScan> scans, long read) {
        long wanted = read;
        for (PlannedScan scan : scans) {
            wanted += scan.plan().bytesOfColumns();
        }
        if (wanted > bytes) {
            throw tooMuch(scans, wanted);
        }
    }

    private QueryException tooMuch(Collection<PlannedScan> scans, long wanted) {
        String limit = "more than the limit of " + bytes + " bytes (limits.scan.bytes).";
        PlannedScan largest = scans.stream()
                .max(Comparator.comparingLong(scan -> scan.plan().bytesOfColumns()))
                .orElseThrow();
        // What lies in files that tenants share is not for one of them to know, not by its size either.
        boolean shared = scans.stream().anyMatch(scan -> scan.plan().mayHoldRowsOfOthers());
        long files =
                scans.stream().mapToLong(scan -> scan.plan().estimate().files()).sum();
        String what = shared
                ? "The query would read " + limit
                : "The query would read " + wanted + " bytes of " + files + " files, " + limit;
        return QueryException.of(QueryErrorCode.SCAN_LIMIT, what)
                .withHint((shared ? general(largest) : advice(largest))
                        + " Who administers the server can raise the limit for everybody by limits.scan.bytes, and for"
                        + " one user by its scan-bytes.");
    }

    private static String advice(PlannedScan scan) {
        Map<String, String> properties = properties(scan.template().subject());
        String name = scan.template().subject().name();
        long files = scan.plan().estimate().files();
        List<Narrowing> narrowings = scan.plan().narrowings(List.copyOf(properties.keySet())).stream()
                .limit(MOST_ADVICE)
                .toList();
        if (narrowings.isEmpty()) {
            return general(scan);
        }
        return narrowings.stream()
                .map(narrowing -> (narrowing.range() ? "a range on " : "a value of ")
                        + properties.get(narrowing.column()) + ": " + files + " files -> "
                        + narrowing.files())
                .collect(Collectors.joining(", or ", "Add to " + name + " ", "."));
    }

    private static String general(PlannedScan scan) {
        return "Narrow " + scan.template().subject().name() + " by an id, a tenant or a time range.";
    }

    /** The properties that are plain columns, by the column. */
    private static Map<String, String> properties(Subject subject) {
        Stream<PropertyMapping> mappings = switch (subject) {
            case Subject.Vertices vertices -> vertices.type().properties().values().stream();
            case Subject.Edges edges -> edges.type().properties().values().stream();
        };
        Map<String, String> properties = new LinkedHashMap<>();
        mappings.forEach(mapping -> {
            if (mapping.expression().expression() instanceof MappingExpression.ColumnPath(String column, var fields)
                    && fields.isEmpty()) {
                properties.putIfAbsent(column, mapping.name());
            }
        });
        return properties;
    }
}
