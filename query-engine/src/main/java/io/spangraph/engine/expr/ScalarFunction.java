package io.spangraph.engine.expr;

import io.spangraph.model.value.Value;
import java.util.List;

/**
 * A function of values.
 *
 * @param name as Cypher spells it; calls match it in any case
 * @param maxArguments {@link Integer#MAX_VALUE} for any number
 * @param nullInNullOut any null argument makes the result null without a call
 */
public record ScalarFunction(
        String name, int minArguments, int maxArguments, boolean nullInNullOut, String description, Body body) {
    /** The computation; it throws a QueryException for arguments of a wrong type. */
    @FunctionalInterface
    public interface Body {
        Value apply(List<Value> arguments, FunctionContext context);
    }
}
