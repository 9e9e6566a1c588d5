package io.spangraph.iceberg;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a scan predicate means, said with nothing but the meaning of values. */
public final class PredicateOracle {
    private PredicateOracle() {}

    public static boolean holds(ScanPredicate predicate, Function<String, Value> row) {
        return switch (predicate) {
            case ScanPredicate.And(List<ScanPredicate> operands) ->
                operands.stream().allMatch(operand -> holds(operand, row));
            case ScanPredicate.Or(List<ScanPredicate> operands) ->
                operands.stream().anyMatch(operand -> holds(operand, row));
            case ScanPredicate.Compare(String column, CompareOperator operator, Value value) ->
                compare(row.apply(column), operator, value).equals(Optional.of(true));
            case ScanPredicate.In(String column, List<Value> values) ->
                values.stream()
                        .anyMatch(
                                value -> Values.equal(row.apply(column), value).equals(Optional.of(true)));
            case ScanPredicate.IsNull(String column) -> row.apply(column).isNull();
            case ScanPredicate.IsNotNull(String column) -> !row.apply(column).isNull();
            case ScanPredicate.StartsWith(String column, String prefix) ->
                row.apply(column) instanceof Value.StringValue(String text) && text.startsWith(prefix);
        };
    }

    private static Optional<Boolean> compare(Value left, CompareOperator operator, Value right) {
        return switch (operator) {
            case EQUAL -> Values.equal(left, right);
            case NOT_EQUAL -> Values.equal(left, right).map(equal -> !equal);
            case LESS -> Values.lessThan(left, right);
            case LESS_OR_EQUAL -> Values.lessOrEqual(left, right);
            case GREATER -> Values.lessThan(right, left);
            case GREATER_OR_EQUAL -> Values.lessOrEqual(right, left);
        };
    }
}
