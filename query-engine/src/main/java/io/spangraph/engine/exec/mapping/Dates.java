package io.spangraph.engine.exec.mapping;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.engine.row.Vector.ValueVector;
import io.spangraph.model.value.Value;
import java.util.BitSet;

/** Gives computed dates the form in which storage hands them out. */
final class Dates {
    private Dates() {}

    /** The same values as days since 1970 if all of them are dates. */
    static Vector compact(ValueVector values, int[] rows) {
        long[] days = new long[values.length()];
        BitSet nulls = new BitSet();
        for (int row : rows) {
            Value value = values.value(row);
            if (value instanceof Value.DateValue date) {
                days[row] = date.value().toEpochDay();
            } else if (value.isNull()) {
                nulls.set(row);
            } else {
                return values;
            }
        }
        return new LongVector(days, NullMask.of(nulls), LongKind.DATE);
    }
}
