package io.spangraph.model.value;

import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The total order of values: first by type, then within the type. */
final class ValueOrder {
    private static final double SECONDS_OF_A_MONTH = 2_629_746;
    private static final double SECONDS_OF_A_DAY = 86_400;
    private static final int NUMBER = 15;

    private ValueOrder() {}

    static int compare(Value left, Value right) {
        int leftRank = rank(left);
        int rightRank = rank(right);
        if (leftRank != rightRank) {
            return Integer.compare(leftRank, rightRank);
        }
        return switch (left) {
            case Value.NullValue none -> 0;
            case Value.BooleanValue(boolean a) -> Boolean.compare(a, ((Value.BooleanValue) right).value());
            case Value.IntegerValue(long a) -> compareToNumber(a, right);
            case Value.FloatValue(double a) -> compareToNumber(a, right);
            case Value.StringValue(String a) -> compareTexts(a, ((Value.StringValue) right).value());
            case Value.BytesValue(byte[] a) -> Arrays.compareUnsigned(a, ((Value.BytesValue) right).value());
            case Value.DateValue a -> a.value().compareTo(((Value.DateValue) right).value());
            case Value.LocalTimeValue a -> a.value().compareTo(((Value.LocalTimeValue) right).value());
            case Value.TimeValue a -> Long.compare(utcNanos(a.value()), utcNanos(((Value.TimeValue) right).value()));
            case Value.LocalDateTimeValue a -> a.value().compareTo(((Value.LocalDateTimeValue) right).value());
            case Value.DateTimeValue a -> compareInstants(a.value(), ((Value.DateTimeValue) right).value());
            case Value.DurationValue a -> compareDurations(a, (Value.DurationValue) right);
            case Value.ListValue(List<Value> a) -> compareLists(a, ((Value.ListValue) right).elements());
            case Value.MapValue(Map<String, Value> a) -> compareMaps(a, ((Value.MapValue) right).entries());
            case Value.NodeValue a -> compareIds(a.id(), ((Value.NodeValue) right).id());
            case Value.RelationshipValue a -> compareIds(a.id(), ((Value.RelationshipValue) right).id());
            case Value.PathValue a -> comparePaths(a, (Value.PathValue) right);
        };
    }

    /** Whether {@code <} has an answer: same type, and a type that has an order of its own. */
    static boolean comparable(Value left, Value right) {
        return rank(left) == rank(right)
                && switch (left) {
                    case Value.BooleanValue flag -> true;
                    case Value.IntegerValue number -> true;
                    case Value.FloatValue number -> true;
                    case Value.StringValue text -> true;
                    case Value.BytesValue bytes -> true;
                    case Value.DateValue date -> true;
                    case Value.LocalTimeValue time -> true;
                    case Value.TimeValue time -> true;
                    case Value.LocalDateTimeValue dateTime -> true;
                    case Value.DateTimeValue dateTime -> true;
                    case Value.DurationValue duration -> false;
                    case Value.NullValue none -> false;
                    case Value.ListValue list -> false;
                    case Value.MapValue map -> false;
                    case Value.NodeValue node -> false;
                    case Value.RelationshipValue edge -> false;
                    case Value.PathValue path -> false;
                };
    }

    private static int rank(Value value) {
        return switch (value) {
            case Value.MapValue map -> 0;
            case Value.NodeValue node -> 1;
            case Value.RelationshipValue edge -> 2;
            case Value.ListValue list -> 3;
            case Value.PathValue path -> 4;
            case Value.DateTimeValue dateTime -> 5;
            case Value.LocalDateTimeValue dateTime -> 6;
            case Value.DateValue date -> 7;
            case Value.TimeValue time -> 8;
            case Value.LocalTimeValue time -> 9;
            case Value.DurationValue duration -> 10;
            case Value.BytesValue bytes -> 11;
            case Value.StringValue text -> 12;
            case Value.BooleanValue flag -> 13;
            case Value.IntegerValue number -> NUMBER;
            case Value.FloatValue number -> NUMBER;
            case Value.NullValue none -> 16;
        };
    }

    private static int compareToNumber(long left, Value right) {
        return right instanceof Value.FloatValue(double number)
                ? compareLongDouble(left, number)
                : Long.compare(left, ((Value.IntegerValue) right).value());
    }

    private static int compareToNumber(double left, Value right) {
        return right instanceof Value.FloatValue(double number)
                ? compareDoubles(left, number)
                : -compareLongDouble(((Value.IntegerValue) right).value(), left);
    }

    /** NaN comes last, and the two zeros are one number. */
    private static int compareDoubles(double left, double right) {
        return left == right ? 0 : Double.compare(left, right);
    }

    static int compareLongDouble(long left, double right) {
        if (Double.isNaN(right) || right >= 0x1p63) {
            return -1;
        }
        if (right < -0x1p63) {
            return 1;
        }
        long whole = (long) right;
        if (left != whole) {
            return Long.compare(left, whole);
        }
        double fraction = right - whole;
        return fraction > 0 ? -1 : fraction < 0 ? 1 : 0;
    }

    static int compareTexts(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
                // A surrogate stands for a code point above every other char, although its own value is lower.
                return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static long utcNanos(OffsetTime time) {
        return time.toLocalTime().toNanoOfDay() - time.getOffset().getTotalSeconds() * 1_000_000_000L;
    }

    private static int compareInstants(ZonedDateTime left, ZonedDateTime right) {
        return left.toInstant().compareTo(right.toInstant());
    }

    /** By average length first; durations of equal length but other parts stay apart. */
    private static int compareDurations(Value.DurationValue left, Value.DurationValue right) {
        int byLength = Double.compare(averageSeconds(left), averageSeconds(right));
        if (byLength != 0) {
            return byLength;
        }
        int byMonths = Long.compare(left.months(), right.months());
        int byDays = byMonths != 0 ? byMonths : Long.compare(left.days(), right.days());
        int bySeconds = byDays != 0 ? byDays : Long.compare(left.seconds(), right.seconds());
        return bySeconds != 0 ? bySeconds : Integer.compare(left.nanos(), right.nanos());
    }

    private static double averageSeconds(Value.DurationValue duration) {
        return duration.months() * SECONDS_OF_A_MONTH
                + duration.days() * SECONDS_OF_A_DAY
                + duration.seconds()
                + duration.nanos() * 1e-9;
    }

    private static int compareLists(List<? extends Value> left, List<? extends Value> right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            int order = compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compareMaps(Map<String, Value> left, Map<String, Value> right) {
        if (left.size() != right.size()) {
            return Integer.compare(left.size(), right.size());
        }
        List<String> leftKeys = left.keySet().stream().sorted().toList();
        List<String> rightKeys = right.keySet().stream().sorted().toList();
        for (int i = 0; i < leftKeys.size(); i++) {
            int order = compareTexts(leftKeys.get(i), rightKeys.get(i));
            if (order != 0) {
                return order;
            }
        }
        return compareLists(List.copyOf(new TreeMap<>(left).values()), List.copyOf(new TreeMap<>(right).values()));
    }

    private static int comparePaths(Value.PathValue left, Value.PathValue right) {
        int byEdges = compareLists(left.relationships(), right.relationships());
        return byEdges != 0 ? byEdges : compareLists(left.nodes(), right.nodes());
    }

    private static int compareIds(VertexId left, VertexId right) {
        return compareIds(
                left.vertexType(), right.vertexType(),
                left.tenant().orElse(""), right.tenant().orElse(""),
                left.key(), right.key());
    }

    private static int compareIds(EdgeId left, EdgeId right) {
        return compareIds(
                left.edgeType(), right.edgeType(),
                left.tenant().orElse(""), right.tenant().orElse(""),
                left.key(), right.key());
    }

    private static int compareIds(
            String leftType, String rightType, String leftTenant, String rightTenant, List<Value> a, List<Value> b) {
        int byType = compareTexts(leftType, rightType);
        int byTenant = byType != 0 ? byType : compareTexts(leftTenant, rightTenant);
        return byTenant != 0 ? byTenant : compareLists(a, b);
    }
}
