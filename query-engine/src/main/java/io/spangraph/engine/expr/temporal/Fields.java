package io.spangraph.engine.expr.temporal;

import io.spangraph.model.DidYouMean;
import io.spangraph.model.value.Value;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The entries of a map that a temporal function takes, with errors for what it does not know. */
record Fields(String function, Map<String, Value> entries) {
    private static final Set<String> OF_DATE = Set.of(
            "year", "month", "day", "week", "dayOfWeek", "quarter", "dayOfQuarter", "ordinalDay", "date", "datetime");
    private static final Set<String> OF_TIME =
            Set.of("hour", "minute", "second", "millisecond", "microsecond", "nanosecond", "time", "datetime");
    private static final Set<String> OF_EPOCH = Set.of("epochSeconds", "epochMillis");

    private static final Map<TemporalType, Set<String>> KNOWN = known();

    private static Map<TemporalType, Set<String>> known() {
        Map<TemporalType, Set<String>> byType = new EnumMap<>(TemporalType.class);
        for (TemporalType type : TemporalType.values()) {
            Set<String> known = new TreeSet<>(Set.of("timezone"));
            known.addAll(type.hasDate() ? OF_DATE : Set.of());
            known.addAll(type.hasTime() ? OF_TIME : Set.of());
            known.addAll(type.hasDate() && type.hasTime() ? OF_EPOCH : Set.of());
            byType.put(type, known);
        }
        return byType;
    }

    /** The entries of a map, all of which the type must know. */
    static Fields of(TemporalType type, String function, Map<String, Value> entries) {
        Set<String> known = KNOWN.getOrDefault(type, Set.of());
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                throw TemporalErrors.invalid(function, "takes no '" + key + "' in its map")
                        .withHint("Known are " + String.join(", ", known) + "." + DidYouMean.hint(key, known));
            }
        }
        return new Fields(function, entries);
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    boolean hasAny(String... names) {
        for (String name : names) {
            if (has(name)) {
                return true;
            }
        }
        return false;
    }

    OptionalLong number(String name) {
        if (!has(name)) {
            return OptionalLong.empty();
        }
        if (entries.getOrDefault(name, Value.NULL) instanceof Value.IntegerValue(long number)) {
            return OptionalLong.of(number);
        }
        throw TemporalErrors.wrongType(
                function, "an Integer for '" + name + "'", entries.getOrDefault(name, Value.NULL));
    }

    long number(String name, long absent) {
        return number(name).orElse(absent);
    }

    Optional<String> text(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (entries.getOrDefault(name, Value.NULL) instanceof Value.StringValue(String text)) {
            return Optional.of(text);
        }
        throw TemporalErrors.wrongType(function, "a String for '" + name + "'", entries.getOrDefault(name, Value.NULL));
    }

    /** The temporal value that an entry holds. */
    Optional<PointInTime> point(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        Value value = entries.getOrDefault(name, Value.NULL);
        return Optional.of(PointInTime.of(value)
                .orElseThrow(() -> TemporalErrors.wrongType(function, "a temporal value for '" + name + "'", value)));
    }

    /** Refuses a finer entry without the coarser one that it is a part of. */
    void require(String coarser, String... finer) {
        for (String name : finer) {
            if (has(name) && !has(coarser)) {
                throw TemporalErrors.invalid(function, "expected '" + coarser + "' beside '" + name + "' in its map");
            }
        }
    }
}
