package io.spangraph.engine.expr;

import static io.spangraph.engine.expr.Arguments.integer;
import static io.spangraph.engine.expr.Arguments.mismatch;
import static io.spangraph.engine.expr.Arguments.strict;
import static io.spangraph.engine.expr.Arguments.text;

import io.spangraph.engine.expr.temporal.DurationBetween;
import io.spangraph.engine.expr.temporal.Durations;
import io.spangraph.engine.expr.temporal.TemporalType;
import io.spangraph.engine.expr.temporal.Temporals;
import io.spangraph.engine.expr.temporal.Truncation;
import io.spangraph.model.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Functions that make and cut temporal values. The present moment is the one at which the query started. */
final class TemporalFunctions {
    private TemporalFunctions() {}

    static List<ScalarFunction> all() {
        List<ScalarFunction> functions = new ArrayList<>();
        for (TemporalType type : TemporalType.values()) {
            functions.addAll(ofType(type));
        }
        functions.addAll(List.of(
                strict(
                        "timestamp",
                        0,
                        "Milliseconds since 1970 of now.",
                        (arguments, context) -> Value.of(started(context).toEpochMilli())),
                strict(
                        "datetime.fromEpoch",
                        2,
                        "The moment so many seconds and nanoseconds after the start of 1970.",
                        (arguments, context) -> Temporals.fromEpoch(
                                integer(arguments, 0, "datetime.fromEpoch"),
                                integer(arguments, 1, "datetime.fromEpoch"))),
                strict(
                        "datetime.fromEpochMillis",
                        1,
                        "The moment so many milliseconds after the start of 1970.",
                        (arguments, context) ->
                                Temporals.fromEpochMillis(integer(arguments, 0, "datetime.fromEpochMillis"))),
                strict(
                        "duration",
                        1,
                        "A duration of a text or of units.",
                        (arguments, context) -> Durations.of(arguments.getFirst())),
                between(
                        "duration.between",
                        "From one to another, in months, days and seconds.",
                        DurationBetween::allUnits),
                between("duration.inMonths", "From one to another, in whole months.", DurationBetween::inMonths),
                between("duration.inDays", "From one to another, in whole days.", DurationBetween::inDays),
                between("duration.inSeconds", "From one to another, in seconds.", DurationBetween::inSeconds)));
        return functions;
    }

    private static List<ScalarFunction> ofType(TemporalType type) {
        String name = type.function();
        return List.of(
                strict(
                        name,
                        0,
                        1,
                        "A " + name + " of a text, of components or of another temporal value; without any, of now.",
                        (arguments, context) -> arguments.isEmpty()
                                ? Temporals.at(type, started(context), Optional.empty())
                                : Temporals.of(type, arguments.getFirst(), started(context))),
                clock(type, "transaction", TemporalFunctions::started),
                clock(type, "statement", TemporalFunctions::started),
                clock(type, "realtime", context -> Instant.now()),
                strict(
                        name + ".truncate",
                        1,
                        3,
                        "The start of the unit that a value lies in, perhaps with other components.",
                        (arguments, context) -> truncate(type, arguments, started(context))));
    }

    private static Instant started(FunctionContext context) {
        return context.query().startedAt();
    }

    private static ScalarFunction clock(TemporalType type, String which, Function<FunctionContext, Instant> clock) {
        String name = type.function() + "." + which;
        return strict(
                name,
                0,
                1,
                "Now, in UTC or in a zone, by the " + which + " clock.",
                (arguments, context) -> Temporals.at(
                        type,
                        clock.apply(context),
                        arguments.isEmpty() ? Optional.empty() : Optional.of(text(arguments, 0, name))));
    }

    private static Value truncate(TemporalType type, List<Value> arguments, Instant now) {
        String function = type.function() + ".truncate";
        Value source = arguments.size() > 1 ? arguments.get(1) : Temporals.at(type, now, Optional.empty());
        Map<String, Value> parts = Map.of();
        if (arguments.size() > 2) {
            if (!(arguments.get(2) instanceof Value.MapValue(Map<String, Value> entries))) {
                throw mismatch(function, "a Map", arguments.get(2));
            }
            parts = entries;
        }
        return Truncation.truncate(type, text(arguments, 0, function), source, parts, now);
    }

    private static ScalarFunction between(String name, String description, BiFunction<Value, Value, Value> difference) {
        return strict(
                name, 2, description, (arguments, context) -> difference.apply(arguments.get(0), arguments.get(1)));
    }
}
