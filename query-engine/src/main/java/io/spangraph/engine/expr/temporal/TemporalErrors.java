package io.spangraph.engine.expr.temporal;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;
import java.time.DateTimeException;
import java.util.function.Supplier;

/** Makes the errors of temporal functions, so that all say in the same words what was expected and what came. */
final class TemporalErrors {
    private static final int LONGEST_SHOWN = 40;

    private TemporalErrors() {}

    static QueryException invalid(String function, String what) {
        return QueryException.of(QueryErrorCode.ARGUMENT_ERROR, function + "() " + what + ".");
    }

    static QueryException wrongType(String function, String expected, Value found) {
        return QueryException.of(
                QueryErrorCode.TYPE_ERROR,
                function + "() expected " + expected + " but got " + Values.typeName(found) + ": "
                        + ValueText.excerpt(found) + ".");
    }

    static QueryException wrongText(String function, String text, String example) {
        return invalid(function, "expected a text like '" + example + "' but got '" + shortened(text) + "'");
    }

    /** Does what may find no such day, hour or zone, and says it in an error of the function. */
    static <T> T checked(String function, Supplier<T> computation) {
        try {
            return computation.get();
        } catch (DateTimeException | ArithmeticException invalid) {
            throw invalid(function, "got what is no date or time: " + withoutStop(invalid))
                    .causedBy(invalid);
        }
    }

    /** Does what may leave the range of dates that there are. */
    static <T> T inRange(String what, Supplier<T> computation) {
        try {
            return computation.get();
        } catch (DateTimeException | ArithmeticException overflow) {
            throw QueryException.of(
                            QueryErrorCode.ARITHMETIC_ERROR, what + " is out of range: " + withoutStop(overflow) + ".")
                    .causedBy(overflow);
        }
    }

    private static String withoutStop(RuntimeException problem) {
        String message = String.valueOf(problem.getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }
}
