package io.spangraph.engine.reference;

import io.spangraph.model.schema.MappingExpression.CastType;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Casts of mapping expressions. */
final class ReferenceCast {
    private ReferenceCast() {}

    /** @param lenient null for what does not fit, where a strict cast fails */
    static Value cast(Value value, CastType type, boolean lenient) {
        if (value.isNull()) {
            return Value.NULL;
        }
        try {
            return switch (type) {
                case STRING -> Value.of(ValueText.plain(value));
                case LONG ->
                    switch (value) {
                        case Value.IntegerValue whole -> whole;
                        case Value.FloatValue(double number) -> Value.of((long) number);
                        case Value other -> Value.of(Long.parseLong(ValueText.plain(other)));
                    };
                case DOUBLE ->
                    switch (value) {
                        case Value.IntegerValue(long number) -> Value.of((double) number);
                        case Value.FloatValue number -> number;
                        case Value other -> Value.of(Double.parseDouble(ValueText.plain(other)));
                    };
                case BOOLEAN -> Value.of(Boolean.parseBoolean(ValueText.plain(value)));
                case DATE -> new Value.DateValue(LocalDate.parse(ValueText.plain(value)));
            };
        } catch (NumberFormatException | DateTimeParseException unfitting) {
            if (lenient) {
                return Value.NULL;
            }
            throw ReferenceErrors.typeError("a value that fits " + type, value);
        }
    }
}
