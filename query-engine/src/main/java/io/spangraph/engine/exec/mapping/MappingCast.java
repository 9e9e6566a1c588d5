package io.spangraph.engine.exec.mapping;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.expression.Vectors;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.schema.MappingExpression.Cast;
import io.spangraph.model.schema.MappingExpressions;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** A cast: what does not fit ends the query, or is null if the cast is lenient. */
record MappingCast(Cast cast, CompiledExpression operand) implements CompiledExpression {

    @Override
    public Vector evaluate(RowBatch batch) {
        int[] rows = batch.selectedRows();
        Vector input = operand.evaluate(batch);
        Vector result = Vectors.map(input, rows, this::cast);
        return result instanceof Vector.ValueVector values ? Dates.compact(values, rows) : result;
    }

    private Value cast(Value value) {
        if (value.isNull()) {
            return Value.NULL;
        }
        Optional<Value> fitting = switch (cast.type()) {
            case LONG -> toLong(value);
            case DOUBLE -> toDouble(value);
            case STRING -> Optional.of(Value.of(ValueText.plain(value)));
            case BOOLEAN -> toBoolean(value);
            case DATE -> toDate(value);
        };
        if (fitting.isEmpty() && !cast.lenient()) {
            throw misfit(value);
        }
        return fitting.orElse(Value.NULL);
    }

    private QueryException misfit(Value value) {
        return QueryException.of(
                        QueryErrorCode.TYPE_ERROR,
                        "The mapping's expression " + MappingExpressions.render(cast) + " met the "
                                + Values.typeName(value) + " " + ValueText.excerpt(value) + ", which is no "
                                + cast.type().name().toLowerCase(Locale.ROOT) + ".")
                .withHint("In the mapping, try_cast(...) gives null for what does not fit.");
    }

    private static Optional<Value> toLong(Value value) {
        return switch (value) {
            case Value.IntegerValue whole -> Optional.of(whole);
            case Value.FloatValue(double number) ->
                Math.abs(number) < 0x1p63 ? Optional.of(Value.of((long) number)) : Optional.empty();
            case Value.BooleanValue(boolean flag) -> Optional.of(Value.of(flag ? 1L : 0L));
            case Value.StringValue(String text) -> parseLong(text.strip());
            case Value other -> Optional.empty();
        };
    }

    private static Optional<Value> parseLong(String text) {
        try {
            return Optional.of(Value.of(Long.parseLong(text)));
        } catch (NumberFormatException unfitting) {
            return Optional.empty();
        }
    }

    private static Optional<Value> toDouble(Value value) {
        return switch (value) {
            case Value.IntegerValue(long number) -> Optional.of(Value.of((double) number));
            case Value.FloatValue number -> Optional.of(number);
            case Value.StringValue(String text) -> parseDouble(text.strip());
            case Value other -> Optional.empty();
        };
    }

    private static Optional<Value> parseDouble(String text) {
        // Java would also read 1d and 0x1p3, which nobody else takes for numbers.
        boolean spelledAsElsewhere = text.equals("NaN")
                || text.endsWith("Infinity")
                || !text.isEmpty()
                        && (Character.isDigit(text.charAt(text.length() - 1)) || text.endsWith("."))
                        && text.indexOf('x') < 0
                        && text.indexOf('X') < 0;
        try {
            return spelledAsElsewhere ? Optional.of(Value.of(Double.parseDouble(text))) : Optional.empty();
        } catch (NumberFormatException unfitting) {
            return Optional.empty();
        }
    }

    private static Optional<Value> toBoolean(Value value) {
        return switch (value) {
            case Value.BooleanValue flag -> Optional.of(flag);
            case Value.IntegerValue(long number) -> Optional.of(Value.of(number != 0));
            case Value.FloatValue(double number) -> Optional.of(Value.of(number != 0));
            case Value.StringValue(String text) ->
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true", "t", "1" -> Optional.of(Value.TRUE);
                    case "false", "f", "0" -> Optional.of(Value.FALSE);
                    default -> Optional.empty();
                };
            case Value other -> Optional.empty();
        };
    }

    private static Optional<Value> toDate(Value value) {
        return switch (value) {
            case Value.DateValue date -> Optional.of(date);
            case Value.LocalDateTimeValue time ->
                Optional.of(new Value.DateValue(time.value().toLocalDate()));
            case Value.DateTimeValue time ->
                Optional.of(new Value.DateValue(
                        time.value().withZoneSameInstant(ZoneOffset.UTC).toLocalDate()));
            case Value.StringValue(String text) -> parseDate(text.strip());
            case Value other -> Optional.empty();
        };
    }

    private static Optional<Value> parseDate(String text) {
        try {
            return Optional.of(new Value.DateValue(LocalDate.parse(text)));
        } catch (DateTimeParseException unfitting) {
            return Optional.empty();
        }
    }
}
