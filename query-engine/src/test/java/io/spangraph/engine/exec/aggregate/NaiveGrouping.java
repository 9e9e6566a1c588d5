package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@link HashAggregateTest} compares with: groups rows of four columns by the first two, by searching, and computes
 * count(*), sum(c2), min(c3), max(c3), collect(c3), collect(DISTINCT c3), count(DISTINCT c2).
 */
final class NaiveGrouping {
    private NaiveGrouping() {}

    static List<List<Value>> of(List<RowBatch> batches) {
        List<List<List<Value>>> groups = new ArrayList<>();
        for (RowBatch batch : batches) {
            for (List<Value> row : BatchInput.rows(batch)) {
                Optional<List<List<Value>>> group = groups.stream()
                        .filter(rows -> Values.equivalent(rows.getFirst().get(0), row.get(0))
                                && Values.equivalent(rows.getFirst().get(1), row.get(1)))
                        .findFirst();
                if (group.isPresent()) {
                    group.get().add(row);
                } else {
                    groups.add(new ArrayList<>(List.of(row)));
                }
            }
        }
        return groups.stream().map(NaiveGrouping::results).toList();
    }

    private static List<Value> results(List<List<Value>> rows) {
        List<Value> numbers = present(rows, 2);
        List<Value> others = present(rows, 3);
        return List.of(
                rows.getFirst().get(0),
                rows.getFirst().get(1),
                Value.of(rows.size()),
                Value.of(numbers.stream()
                        .mapToLong(number -> ((Value.IntegerValue) number).value())
                        .sum()),
                others.stream()
                        .reduce((a, b) -> Values.compareForOrder(b, a) < 0 ? b : a)
                        .orElse(Value.NULL),
                others.stream()
                        .reduce((a, b) -> Values.compareForOrder(b, a) > 0 ? b : a)
                        .orElse(Value.NULL),
                Value.of(others),
                Value.of(distinct(others)),
                Value.of(distinct(numbers).size()));
    }

    private static List<Value> present(List<List<Value>> rows, int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .filter(value -> !value.isNull())
                .toList();
    }

    private static List<Value> distinct(List<Value> values) {
        List<Value> distinct = new ArrayList<>();
        for (Value value : values) {
            if (distinct.stream().noneMatch(other -> Values.equivalent(other, value))) {
                distinct.add(value);
            }
        }
        return distinct;
    }
}
