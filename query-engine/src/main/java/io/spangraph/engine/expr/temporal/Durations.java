package io.spangraph.engine.expr.temporal;

import io.spangraph.model.DidYouMean;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.DurationValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Makes durations of texts and maps, and calculates with them. */
public final class Durations {
    private static final List<String> UNITS = List.of(
            "years",
            "quarters",
            "months",
            "weeks",
            "days",
            "hours",
            "minutes",
            "seconds",
            "milliseconds",
            "microseconds",
            "nanoseconds");
    private static final long NANOS_OF_A_SECOND = 1_000_000_000L;

    private Durations() {}

    /** The duration of a text or a map; null if a part of the map is null. */
    public static Value of(Value source) {
        return switch (source) {
            case DurationValue same -> same;
            case Value.StringValue(String text) -> DurationText.parse(text);
            case Value.MapValue(Map<String, Value> parts) ->
                parts.values().stream().anyMatch(Value::isNull) ? Value.NULL : ofParts(parts);
            case Value other -> throw TemporalErrors.wrongType("duration", "a String or Map", other);
        };
    }

    private static DurationValue ofParts(Map<String, Value> parts) {
        if (parts.isEmpty()) {
            throw TemporalErrors.invalid("duration", "expected at least one unit in its map");
        }
        for (String name : parts.keySet()) {
            if (!UNITS.contains(name)) {
                throw TemporalErrors.invalid("duration", "takes no '" + name + "' in its map")
                        .withHint("Known are " + String.join(", ", UNITS) + "." + DidYouMean.hint(name, UNITS));
            }
        }
        BigDecimal months = number(parts, "years")
                .multiply(DurationParts.MONTHS_OF_A_YEAR)
                .add(number(parts, "quarters").multiply(DurationParts.MONTHS_OF_A_QUARTER))
                .add(number(parts, "months"));
        BigDecimal days =
                number(parts, "weeks").multiply(DurationParts.DAYS_OF_A_WEEK).add(number(parts, "days"));
        BigDecimal seconds = number(parts, "hours")
                .multiply(DurationParts.MINUTES_OF_AN_HOUR)
                .add(number(parts, "minutes"))
                .multiply(DurationParts.SECONDS_OF_A_MINUTE)
                .add(number(parts, "seconds"))
                .add(number(parts, "milliseconds").movePointLeft(3))
                .add(number(parts, "microseconds").movePointLeft(6))
                .add(number(parts, "nanoseconds").movePointLeft(9));
        return new DurationParts(months, days, seconds).duration();
    }

    private static BigDecimal number(Map<String, Value> parts, String name) {
        return switch (parts.getOrDefault(name, Value.of(0L))) {
            case Value.IntegerValue(long number) -> BigDecimal.valueOf(number);
            case Value.FloatValue(double number) when Double.isFinite(number) -> BigDecimal.valueOf(number);
            case Value other -> throw TemporalErrors.wrongType("duration", "a number for '" + name + "'", other);
        };
    }

    public static DurationValue plus(DurationValue left, DurationValue right) {
        return TemporalErrors.inRange("The sum of the durations", () -> {
            long nanos = (long) left.nanos() + right.nanos();
            return new DurationValue(
                    Math.addExact(left.months(), right.months()),
                    Math.addExact(left.days(), right.days()),
                    Math.addExact(Math.addExact(left.seconds(), right.seconds()), nanos / NANOS_OF_A_SECOND),
                    (int) (nanos % NANOS_OF_A_SECOND));
        });
    }

    public static DurationValue negated(DurationValue duration) {
        return TemporalErrors.inRange("The opposite of the duration", () -> {
            boolean fraction = duration.nanos() > 0;
            long seconds = Math.negateExact(duration.seconds());
            return new DurationValue(
                    Math.negateExact(duration.months()),
                    Math.negateExact(duration.days()),
                    fraction ? Math.subtractExact(seconds, 1) : seconds,
                    fraction ? (int) (NANOS_OF_A_SECOND - duration.nanos()) : 0);
        });
    }

    public static DurationValue times(DurationValue duration, Value number) {
        return DurationParts.of(duration).times(factor(number)).duration();
    }

    public static DurationValue dividedBy(DurationValue duration, Value number) {
        BigDecimal divisor = factor(number);
        return TemporalErrors.inRange(
                "The quotient",
                () -> DurationParts.of(duration).dividedBy(divisor).duration());
    }

    private static BigDecimal factor(Value number) {
        return switch (number) {
            case Value.IntegerValue(long whole) -> BigDecimal.valueOf(whole);
            case Value.FloatValue(double floating) when Double.isFinite(floating) -> BigDecimal.valueOf(floating);
            case Value other ->
                throw TemporalErrors.invalid(
                        "duration",
                        "cannot be multiplied or divided by " + io.spangraph.model.value.ValueText.plain(other));
        };
    }
}
