package io.spangraph.iceberg.plan;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Fits scan predicates to columns, by Cypher's rules: a value of another kind is never equal and never less or greater,
 * an integer compares with a fraction by its exact value, NaN is equal to nothing.
 */
final class Conditions {
    private final Function<String, NestedField> columns;

    /** @param columns finds a column, or throws the error that says it is gone */
    Conditions(Function<String, NestedField> columns) {
        this.columns = columns;
    }

    Condition of(ScanPredicate predicate) {
        return switch (predicate) {
            case ScanPredicate.And(List<ScanPredicate> operands) ->
                new Condition.And(operands.stream().map(this::of).toList());
            case ScanPredicate.Or(List<ScanPredicate> operands) ->
                new Condition.Or(operands.stream().map(this::of).toList());
            case ScanPredicate.Compare(String column, CompareOperator operator, Value value) ->
                compare(columns.apply(column), operator, value);
            case ScanPredicate.In(String column, List<Value> values) -> in(columns.apply(column), values);
            case ScanPredicate.IsNull(String column) -> new Condition.IsNull(columns.apply(column));
            case ScanPredicate.IsNotNull(String column) -> new Condition.IsNotNull(columns.apply(column));
            case ScanPredicate.StartsWith(String column, String prefix) -> startsWith(columns.apply(column), prefix);
        };
    }

    /** The pin as a condition, where its owner is a column whose values read as the tenant's name. */
    Optional<Condition> of(Pin pin) {
        return switch (pin) {
            case Pin.All all -> Optional.empty();
            case Pin.Public nobody -> Optional.empty();
            case Pin.Tenant(ColumnPath(String column, List<String> fields), String tenant)
            when fields.isEmpty() -> Optional.of(owner(columns.apply(column), tenant));
            case Pin.Tenant tenant -> Optional.empty();
        };
    }

    private static Condition owner(NestedField column, String tenant) {
        return switch (column.type().typeId()) {
            case STRING, UUID -> compare(column, CompareOperator.EQUAL, Value.of(tenant));
            case INTEGER, LONG ->
                canonicalLong(tenant)
                        .map(number -> compare(column, CompareOperator.EQUAL, Value.of(number)))
                        .orElse(Condition.NEVER);
            default -> new Condition.Implied(new Condition.IsNotNull(column));
        };
    }

    private static Optional<Long> canonicalLong(String text) {
        try {
            long number = Long.parseLong(text);
            return Long.toString(number).equals(text) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Condition compare(NestedField column, CompareOperator operator, Value value) {
        if (value.isNull()) {
            return Condition.NEVER;
        }
        return switch (column.type().typeId()) {
            case BOOLEAN ->
                value instanceof Value.BooleanValue(boolean flag)
                        ? new Condition.CompareBoolean(column, operator, flag)
                        : otherKind(column, operator);
            case INTEGER, LONG, DATE, TIME, TIMESTAMP ->
                LongBound.of(column.type(), value)
                        .map(bound -> bound.condition(column, operator))
                        .orElseGet(() -> otherKind(column, operator));
            case FLOAT, DOUBLE ->
                DoubleBound.of(value)
                        .map(bound -> bound.condition(column, operator))
                        .orElseGet(() -> otherKind(column, operator));
            case STRING ->
                value instanceof Value.StringValue(String text)
                        ? compareText(column, operator, text)
                        : otherKind(column, operator);
            case UUID -> compareUuid(column, operator, value);
            default -> new Condition.Implied(new Condition.IsNotNull(column));
        };
    }

    /** A value of a kind that the column never holds: different from every value, in no order with any. */
    static Condition otherKind(NestedField column, CompareOperator operator) {
        return operator == CompareOperator.NOT_EQUAL ? new Condition.IsNotNull(column) : Condition.NEVER;
    }

    private static Condition compareText(NestedField column, CompareOperator operator, String text) {
        if (isEncodable(text)) {
            return new Condition.CompareText(column, operator, text);
        }
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> otherKind(column, operator);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                new Condition.Implied(new Condition.IsNotNull(column));
        };
    }

    /** Half a surrogate pair can stand in a query but not in a file, and has no bytes to compare by. */
    private static boolean isEncodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** A UUID reads as its text. Iceberg orders UUIDs in its own way, so only equality is used. */
    private static Condition compareUuid(NestedField column, CompareOperator operator, Value value) {
        if (!(value instanceof Value.StringValue(String text))) {
            return otherKind(column, operator);
        }
        return switch (operator) {
            case EQUAL, NOT_EQUAL ->
                isUuid(text) ? new Condition.CompareText(column, operator, text) : otherKind(column, operator);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                new Condition.Implied(new Condition.IsNotNull(column));
        };
    }

    private static boolean isUuid(String text) {
        try {
            return java.util.UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The equalities of a list, gathered into one set; what does not fit a set stays beside it. */
    private static Condition in(NestedField column, List<Value> values) {
        Set<Long> longs = new HashSet<>();
        Set<Double> doubles = new HashSet<>();
        Set<String> texts = new HashSet<>();
        Set<Condition> others = new HashSet<>();
        for (Value value : values) {
            switch (compare(column, CompareOperator.EQUAL, value)) {
                case Condition.Never never -> {}
                case Condition.CompareLong equal -> longs.add(equal.value());
                case Condition.CompareDouble equal -> doubles.add(equal.value() == 0 ? 0.0 : equal.value());
                case Condition.CompareText equal -> texts.add(equal.value());
                case Condition other -> others.add(other);
            }
        }
        List<Condition> alternatives = new ArrayList<>(others);
        if (!longs.isEmpty()) {
            alternatives.add(new Condition.InLongs(
                    column, longs.stream().mapToLong(Long::longValue).sorted().toArray()));
        }
        if (!doubles.isEmpty()) {
            alternatives.add(new Condition.InDoubles(
                    column,
                    doubles.stream().mapToDouble(Double::doubleValue).sorted().toArray()));
        }
        if (!texts.isEmpty()) {
            alternatives.add(new Condition.InTexts(column, texts));
        }
        return switch (alternatives.size()) {
            case 0 -> Condition.NEVER;
            case 1 -> alternatives.getFirst();
            default -> new Condition.Or(alternatives);
        };
    }

    private static Condition startsWith(NestedField column, String prefix) {
        if (column.type().typeId() == Type.TypeID.STRING && isEncodable(prefix)) {
            return prefix.isEmpty() ? new Condition.IsNotNull(column) : new Condition.TextPrefix(column, prefix);
        }
        return switch (column.type().typeId()) {
            case STRING, UUID -> new Condition.Implied(new Condition.IsNotNull(column));
            default -> Condition.NEVER;
        };
    }
}
