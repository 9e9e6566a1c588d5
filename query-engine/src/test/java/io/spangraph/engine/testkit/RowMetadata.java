package io.spangraph.engine.testkit;

import io.spangraph.engine.spi.MetadataQuestion;
import io.spangraph.engine.spi.MetadataQuestion.Fact;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Facts about rows, as a table's metadata would tell them. */
final class RowMetadata {
    private RowMetadata() {}

    static boolean counts(Map<String, Value> row, ScanPredicate predicate, List<String> required) {
        return holds(row, predicate)
                && required.stream().noneMatch(column -> of(row, column).isNull());
    }

    private static Value of(Map<String, Value> row, String column) {
        return row.getOrDefault(column, Value.NULL);
    }

    private static boolean holds(Map<String, Value> row, ScanPredicate predicate) {
        return switch (predicate) {
            case ScanPredicate.And(List<ScanPredicate> operands) ->
                operands.stream().allMatch(operand -> holds(row, operand));
            case ScanPredicate.Or(List<ScanPredicate> operands) ->
                operands.stream().anyMatch(operand -> holds(row, operand));
            case ScanPredicate.Compare compare -> {
                Value left = of(row, compare.column());
                Value right = compare.value();
                Optional<Boolean> truth = switch (compare.operator()) {
                    case EQUAL -> Values.equal(left, right);
                    case NOT_EQUAL -> Values.equal(left, right).map(same -> !same);
                    case LESS -> Values.lessThan(left, right);
                    case LESS_OR_EQUAL -> Values.lessOrEqual(left, right);
                    case GREATER -> Values.lessThan(right, left);
                    case GREATER_OR_EQUAL -> Values.lessOrEqual(right, left);
                };
                yield truth.orElse(false);
            }
            case ScanPredicate.In(String column, List<Value> values) ->
                values.stream()
                        .anyMatch(value -> Values.equal(of(row, column), value).orElse(false));
            case ScanPredicate.IsNull(String column) -> of(row, column).isNull();
            case ScanPredicate.IsNotNull(String column) -> !of(row, column).isNull();
            case ScanPredicate.StartsWith(String column, String prefix) ->
                of(row, column) instanceof Value.StringValue(String text) && text.startsWith(prefix);
        };
    }

    static List<Value> facts(List<Map<String, Value>> rows, MetadataQuestion question) {
        return question.facts().stream().map(fact -> fact(rows, fact)).toList();
    }

    private static Value fact(List<Map<String, Value>> rows, Fact fact) {
        return switch (fact) {
            case Fact.Rows all -> Value.of((long) rows.size());
            case Fact.NotNull(String column) -> Value.of(present(rows, column).count());
            case Fact.Least(String column) ->
                present(rows, column).min(Values::compareForOrder).orElse(Value.NULL);
            case Fact.Greatest(String column) ->
                present(rows, column).max(Values::compareForOrder).orElse(Value.NULL);
        };
    }

    private static Stream<Value> present(List<Map<String, Value>> rows, String column) {
        return rows.stream().map(row -> of(row, column)).filter(value -> !value.isNull());
    }
}
