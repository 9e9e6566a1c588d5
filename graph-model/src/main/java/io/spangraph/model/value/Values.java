package io.spangraph.model.value;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code =}, {@code <}, DISTINCT and ORDER BY mean for values. It is said once here, so that every operator, rule
 * and translator agrees.
 */
public final class Values {
    private static final Optional<Boolean> YES = Optional.of(true);
    private static final Optional<Boolean> NO = Optional.of(false);
    private static final Optional<Boolean> UNKNOWN = Optional.empty();

    private Values() {}

    /** The three-valued {@code =}; empty is null. Values of different types are unequal, not unknown. */
    public static Optional<Boolean> equal(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return UNKNOWN;
        }
        if (left instanceof Value.ListValue(List<Value> a) && right instanceof Value.ListValue(List<Value> b)) {
            return listsEqual(a, b);
        }
        if (left instanceof Value.MapValue(Map<String, Value> a)
                && right instanceof Value.MapValue(Map<String, Value> b)) {
            return mapsEqual(a, b);
        }
        if (isNaN(left) || isNaN(right)) {
            return NO;
        }
        return known(ValueOrder.compare(left, right) == 0);
    }

    /** The three-valued {@code <}; empty (null) for null and for values that have no common order. */
    public static Optional<Boolean> lessThan(Value left, Value right) {
        return ordered(left, right, false);
    }

    /** The three-valued {@code <=}. */
    public static Optional<Boolean> lessOrEqual(Value left, Value right) {
        return ordered(left, right, true);
    }

    /**
     * The equivalence of DISTINCT and grouping: as {@code =}, but null is equivalent to null and NaN to NaN. Two values
     * are equivalent exactly when {@link #compareForOrder} gives 0.
     */
    public static boolean equivalent(Value left, Value right) {
        if (left == right) {
            return true;
        }
        if (left instanceof Value.StringValue(String a) && right instanceof Value.StringValue(String b)) {
            return a.equals(b);
        }
        return ValueOrder.compare(left, right) == 0;
    }

    /** A hash that equivalent values share. */
    public static int hash(Value value) {
        return ValueHash.of(value);
    }

    /** The total order of ORDER BY, ascending: every two values have one, null comes last. */
    public static int compareForOrder(Value left, Value right) {
        return ValueOrder.compare(left, right);
    }

    /** Compares a whole number with a floating one exactly; a detour over double would lose digits beyond 2^53. */
    public static int compareNumbers(long left, double right) {
        return ValueOrder.compareLongDouble(left, right);
    }

    /** The order of texts: by code point, which is the order of their UTF-8 bytes, as storage sorts them. */
    public static int compareTexts(String left, String right) {
        return ValueOrder.compareTexts(left, right);
    }

    /** The type's name as error messages say it. */
    public static String typeName(Value value) {
        return switch (value) {
            case Value.NullValue none -> "Null";
            case Value.BooleanValue flag -> "Boolean";
            case Value.IntegerValue number -> "Integer";
            case Value.FloatValue number -> "Float";
            case Value.StringValue text -> "String";
            case Value.BytesValue bytes -> "Bytes";
            case Value.DateValue date -> "Date";
            case Value.LocalTimeValue time -> "LocalTime";
            case Value.TimeValue time -> "Time";
            case Value.LocalDateTimeValue dateTime -> "LocalDateTime";
            case Value.DateTimeValue dateTime -> "DateTime";
            case Value.DurationValue duration -> "Duration";
            case Value.ListValue list -> "List";
            case Value.MapValue map -> "Map";
            case Value.NodeValue node -> "Node";
            case Value.RelationshipValue edge -> "Relationship";
            case Value.PathValue path -> "Path";
        };
    }

    private static Optional<Boolean> listsEqual(List<Value> left, List<Value> right) {
        if (left.size() != right.size()) {
            return NO;
        }
        Optional<Boolean> result = YES;
        for (int i = 0; i < left.size(); i++) {
            Optional<Boolean> element = equal(left.get(i), right.get(i));
            if (element.equals(NO)) {
                return NO;
            }
            if (element.isEmpty()) {
                result = UNKNOWN;
            }
        }
        return result;
    }

    private static Optional<Boolean> mapsEqual(Map<String, Value> left, Map<String, Value> right) {
        if (!left.keySet().equals(right.keySet())) {
            return NO;
        }
        Optional<Boolean> result = YES;
        for (Map.Entry<String, Value> entry : left.entrySet()) {
            Optional<Boolean> element = equal(entry.getValue(), right.getOrDefault(entry.getKey(), Value.NULL));
            if (element.equals(NO)) {
                return NO;
            }
            if (element.isEmpty()) {
                result = UNKNOWN;
            }
        }
        return result;
    }

    private static Optional<Boolean> ordered(Value left, Value right, boolean orEqual) {
        if (left instanceof Value.ListValue(List<Value> a) && right instanceof Value.ListValue(List<Value> b)) {
            return listsOrdered(a, b, orEqual);
        }
        if (!ValueOrder.comparable(left, right)) {
            return UNKNOWN;
        }
        if (isNaN(left) || isNaN(right)) {
            return NO;
        }
        int order = ValueOrder.compare(left, right);
        return known(order < 0 || orEqual && order == 0);
    }

    /** Decided by the first elements that differ; unknown when that cannot be told before. */
    private static Optional<Boolean> listsOrdered(List<Value> left, List<Value> right, boolean orEqual) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            Optional<Boolean> same = equal(left.get(i), right.get(i));
            if (same.isEmpty()) {
                return UNKNOWN;
            }
            if (same.equals(NO)) {
                return ordered(left.get(i), right.get(i), orEqual);
            }
        }
        return known(left.size() < right.size() || orEqual && left.size() == right.size());
    }

    private static boolean isNaN(Value value) {
        return value instanceof Value.FloatValue(double number) && Double.isNaN(number);
    }

    private static Optional<Boolean> known(boolean answer) {
        return answer ? YES : NO;
    }
}
