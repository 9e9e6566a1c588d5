package io.spangraph.engine.exec.mapping;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.expression.PolledText;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Constant;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code regexp_extract(text, pattern, group)}: the first match, or a group of it. The pattern is checked when the mapping
 * is loaded; how long it takes depends on the text, so it notices the query's deadline.
 */
record PatternExtract(Pattern pattern, Cancellation cancellation) implements Function<Value[], Value> {

    static PatternExtract of(MappingExpression pattern, Cancellation cancellation) {
        if (pattern instanceof Constant(Value value) && value instanceof Value.StringValue(String text)) {
            return new PatternExtract(Pattern.compile(text), cancellation);
        }
        throw new IllegalArgumentException("the pattern of regexp_extract must be a constant text");
    }

    @Override
    public Value apply(Value[] arguments) {
        if (arguments[0].isNull()) {
            return Value.NULL;
        }
        Value group = arguments.length < 3 ? Value.of(0L) : arguments[2];
        if (!(group instanceof Value.IntegerValue(long number))) {
            return Value.NULL;
        }
        String text = ValueText.plain(arguments[0]);
        try {
            return match(text, number).map(Value::of).orElse(Value.NULL);
        } catch (StackOverflowError tooDeep) {
            throw QueryException.of(
                            QueryErrorCode.COMPLEXITY_LIMIT,
                            "The mapping's pattern '" + pattern + "' is too complex for a text of " + text.length()
                                    + " characters.")
                    .causedBy(tooDeep);
        }
    }

    private Optional<String> match(String text, long group) {
        Matcher matcher = pattern.matcher(new PolledText(text, cancellation));
        boolean known = group >= 0 && group <= matcher.groupCount();
        return known && matcher.find() ? Optional.ofNullable(matcher.group((int) group)) : Optional.empty();
    }
}
