package io.spangraph.engine.exec.mapping;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.expression.Vectors;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** {@code epoch_ms}: milliseconds since 1970 of a timestamp or date; one without a zone is taken for UTC. */
record EpochMillis(CompiledExpression operand) implements CompiledExpression {
    private static final long MILLIS_OF_A_DAY = TimeUnit.DAYS.toMillis(1);

    @Override
    public Vector evaluate(RowBatch batch) {
        Vector input = operand.evaluate(batch);
        if (!(input instanceof LongVector longs) || longs.kind() == LongKind.INTEGER) {
            return Vectors.map(input, batch.selectedRows(), EpochMillis::millis);
        }
        long[] millis = new long[longs.length()];
        for (int row : batch.selectedRows()) {
            long value = longs.values()[row];
            millis[row] = longs.kind() == LongKind.DATE ? value * MILLIS_OF_A_DAY : Math.floorDiv(value, 1000L);
        }
        return new LongVector(millis, longs.nulls(), LongKind.INTEGER);
    }

    private static Value millis(Value value) {
        return switch (value) {
            case Value.DateValue date -> Value.of(date.value().toEpochDay() * MILLIS_OF_A_DAY);
            case Value.LocalDateTimeValue time ->
                Value.of(time.value().toInstant(ZoneOffset.UTC).toEpochMilli());
            case Value.DateTimeValue time -> Value.of(time.value().toInstant().toEpochMilli());
            case Value other -> Value.NULL;
        };
    }
}
