package io.spangraph.engine.run;

import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.value.Value;
import java.util.Optional;

/** Values of a query as values of a column, where nothing is lost by it. */
final class ColumnValues {
    private static final long LARGEST_EXACT_DOUBLE = 1L << 53;

    private ColumnValues() {}

    /** The value as the column's type holds it; empty when that type cannot hold it exactly. */
    static Optional<Value> fitting(ColumnType type, Value value) {
        return type instanceof Primitive primitive ? fitting(primitive, value) : Optional.empty();
    }

    private static Optional<Value> fitting(Primitive type, Value value) {
        return switch (type) {
            case STRING -> Optional.of(value).filter(Value.StringValue.class::isInstance);
            case BOOLEAN -> Optional.of(value).filter(Value.BooleanValue.class::isInstance);
            case INT ->
                whole(value).filter(number -> number == number.intValue()).map(Value::of);
            case LONG -> whole(value).map(Value::of);
            case DOUBLE -> floating(value).map(Value::of);
            case FLOAT ->
                floating(value)
                        .filter(number -> number == (double) number.floatValue())
                        .map(Value::of);
            case DATE -> Optional.of(value).filter(Value.DateValue.class::isInstance);
            case TIMESTAMP -> Optional.of(value).filter(Value.LocalDateTimeValue.class::isInstance);
            case TIMESTAMPTZ -> Optional.of(value).filter(Value.DateTimeValue.class::isInstance);
            case BINARY, UUID, TIME -> Optional.empty();
        };
    }

    private static Optional<Long> whole(Value value) {
        return switch (value) {
            case Value.IntegerValue(long number) -> Optional.of(number);
            case Value.FloatValue(double number)
            when number == Math.rint(number) && Math.abs(number) < 0x1p63 -> Optional.of((long) number);
            case Value other -> Optional.empty();
        };
    }

    private static Optional<Double> floating(Value value) {
        return switch (value) {
            case Value.FloatValue(double number) when !Double.isNaN(number) -> Optional.of(number);
            case Value.IntegerValue(long number)
            when Math.abs(number) <= LARGEST_EXACT_DOUBLE -> Optional.of((double) number);
            case Value other -> Optional.empty();
        };
    }
}
