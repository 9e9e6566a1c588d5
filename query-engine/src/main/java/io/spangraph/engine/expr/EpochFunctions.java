package io.spangraph.engine.expr;

import static io.spangraph.engine.expr.Arguments.text;

import io.spangraph.engine.expr.temporal.EpochBound;
import io.spangraph.engine.expr.temporal.EpochBound.Image;
import io.spangraph.engine.expr.temporal.EpochBound.Unit;
import java.util.List;

/** Bounds of time stamps that rules write, for conditions on dates that are conditions on time stamps in truth. */
final class EpochFunctions {
    private EpochFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                Arguments.strict(
                        "epochFrom",
                        3,
                        "The least count of milliseconds or seconds since 1970 that is not before a value.",
                        (arguments, context) -> EpochBound.from(
                                arguments.getFirst(),
                                Image.valueOf(text(arguments, 1, "epochFrom")),
                                Unit.valueOf(text(arguments, 2, "epochFrom")))),
                Arguments.strict(
                        "epochAfter",
                        3,
                        "The least count of milliseconds or seconds since 1970 that is after a value.",
                        (arguments, context) -> EpochBound.after(
                                arguments.getFirst(),
                                Image.valueOf(text(arguments, 1, "epochAfter")),
                                Unit.valueOf(text(arguments, 2, "epochAfter")))));
    }
}
