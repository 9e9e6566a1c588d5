package io.spangraph.engine.exec.mapping;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;

/** {@code to_date}: the UTC date of a timestamp or of milliseconds since 1970. */
record UtcDate(CompiledExpression operand) implements CompiledExpression {
    private static final long MILLIS_OF_A_DAY = TimeUnit.DAYS.toMillis(1);
    private static final long MICROS_OF_A_DAY = TimeUnit.DAYS.toMicros(1);
    /** Beyond this no date can be written; such numbers are no times. */
    private static final long LAST_DAY = 365_000_000L;

    @Override
    public Vector evaluate(RowBatch batch) {
        Vector input = operand.evaluate(batch);
        long[] days = new long[input.length()];
        BitSet nulls = new BitSet();
        for (int row : batch.selectedRows()) {
            long day = input.isNull(row) ? Long.MAX_VALUE : day(input, row);
            if (Math.abs(day) > LAST_DAY) {
                nulls.set(row);
            } else {
                days[row] = day;
            }
        }
        return new LongVector(days, NullMask.of(nulls), LongKind.DATE);
    }

    private static long day(Vector input, int row) {
        if (input instanceof LongVector longs) {
            long value = longs.values()[row];
            return switch (longs.kind()) {
                case INTEGER -> Math.floorDiv(value, MILLIS_OF_A_DAY);
                case DATE -> value;
                case LOCAL_DATE_TIME, DATE_TIME -> Math.floorDiv(value, MICROS_OF_A_DAY);
            };
        }
        return switch (input.value(row)) {
            case Value.IntegerValue(long millis) -> Math.floorDiv(millis, MILLIS_OF_A_DAY);
            case Value.DateValue date -> date.value().toEpochDay();
            case Value.LocalDateTimeValue time -> time.value().toLocalDate().toEpochDay();
            case Value.DateTimeValue time ->
                time.value().withZoneSameInstant(ZoneOffset.UTC).toLocalDate().toEpochDay();
            case Value other -> Long.MAX_VALUE;
        };
    }
}
