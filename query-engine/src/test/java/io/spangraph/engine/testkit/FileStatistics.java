package io.spangraph.engine.testkit;

import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Smallest and largest value and the number of nulls of each column of a file, by which a scan may skip it. */
record FileStatistics(int rows, Map<String, Bounds> columns) {

    /** Bounds of the values that are not null. */
    record Bounds(Value smallest, Value largest, int nulls) {}

    static FileStatistics of(List<Map<String, Value>> rows) {
        Map<String, Bounds> columns = new TreeMap<>();
        rows.stream().flatMap(row -> row.keySet().stream()).distinct().forEach(column -> {
            List<Value> values = rows.stream()
                    .map(row -> row.getOrDefault(column, Value.NULL))
                    .filter(value -> !value.isNull())
                    .sorted(Values::compareForOrder)
                    .toList();
            if (!values.isEmpty()) {
                columns.put(column, new Bounds(values.getFirst(), values.getLast(), rows.size() - values.size()));
            }
        });
        return new FileStatistics(rows.size(), columns);
    }

    boolean mayMatch(ScanPredicate predicate) {
        return switch (predicate) {
            case ScanPredicate.And and -> and.operands().stream().allMatch(this::mayMatch);
            case ScanPredicate.Or or -> or.operands().stream().anyMatch(this::mayMatch);
            case ScanPredicate.Compare compare ->
                bounds(compare.column())
                        .map(bounds -> mayMatch(compare, bounds))
                        .orElse(false);
            case ScanPredicate.In in ->
                bounds(in.column())
                        .map(bounds -> in.values().stream().anyMatch(value -> mayHold(bounds, value)))
                        .orElse(false);
            case ScanPredicate.IsNull isNull ->
                bounds(isNull.column()).map(bounds -> bounds.nulls() > 0).orElse(true);
            case ScanPredicate.IsNotNull isNotNull -> bounds(isNotNull.column()).isPresent();
            case ScanPredicate.StartsWith prefix ->
                bounds(prefix.column())
                        .map(bounds -> mayStartWith(bounds, prefix.prefix()))
                        .orElse(false);
        };
    }

    /** True if the file may hold one of the keys in each of the columns. */
    boolean mayHold(RuntimeKeys keys) {
        return keys.keySets().stream()
                .allMatch(keySet -> bounds(keySet.column())
                        .map(bounds -> keySet.values().stream().anyMatch(value -> mayHold(bounds, value)))
                        .orElse(false));
    }

    private Optional<Bounds> bounds(String column) {
        return Optional.ofNullable(columns.get(column));
    }

    private static boolean mayMatch(ScanPredicate.Compare compare, Bounds bounds) {
        Value value = Objects.requireNonNull(compare.value());
        return switch (compare.operator()) {
            case EQUAL -> mayHold(bounds, value);
            case NOT_EQUAL ->
                !(Values.equivalent(bounds.smallest(), value) && Values.equivalent(bounds.largest(), value));
            case LESS -> Values.lessThan(bounds.smallest(), value).orElse(false);
            case LESS_OR_EQUAL -> Values.lessOrEqual(bounds.smallest(), value).orElse(false);
            case GREATER -> Values.lessThan(value, bounds.largest()).orElse(false);
            case GREATER_OR_EQUAL -> Values.lessOrEqual(value, bounds.largest()).orElse(false);
        };
    }

    private static boolean mayHold(Bounds bounds, Value value) {
        return Values.lessOrEqual(bounds.smallest(), value).orElse(false)
                && Values.lessOrEqual(value, bounds.largest()).orElse(false);
    }

    private static boolean mayStartWith(Bounds bounds, String prefix) {
        return bounds.smallest() instanceof Value.StringValue(String smallest)
                && bounds.largest() instanceof Value.StringValue(String largest)
                && (Values.compareTexts(prefix, largest) <= 0)
                && (smallest.startsWith(prefix) || Values.compareTexts(smallest, prefix) <= 0);
    }
}
