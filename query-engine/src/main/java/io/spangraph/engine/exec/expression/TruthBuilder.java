package io.spangraph.engine.exec.expression;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.BooleanVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;
import java.util.BitSet;
import java.util.Optional;

/** Collects three-valued truth row by row. Conditions are what a query evaluates most, so nothing is boxed here. */
final class TruthBuilder {
    static final byte FALSE = 0;
    static final byte TRUE = 1;
    static final byte UNKNOWN = 2;

    private final boolean[] values;
    private final BitSet nulls = new BitSet();

    TruthBuilder(int length) {
        values = new boolean[length];
    }

    void set(int row, boolean value) {
        values[row] = value;
    }

    void setUnknown(int row) {
        nulls.set(row);
    }

    void set(int row, byte truth) {
        if (truth == UNKNOWN) {
            nulls.set(row);
        } else {
            values[row] = truth == TRUE;
        }
    }

    BooleanVector build() {
        return new BooleanVector(values, NullMask.of(nulls));
    }

    static byte of(Optional<Boolean> truth) {
        return truth.isEmpty() ? UNKNOWN : truth.get() ? TRUE : FALSE;
    }

    /** The truth of a value that stands where a condition is expected. */
    static byte of(Value value) {
        return switch (value) {
            case Value.BooleanValue(boolean flag) -> flag ? TRUE : FALSE;
            case Value.NullValue none -> UNKNOWN;
            case Value other ->
                throw QueryException.of(
                        QueryErrorCode.TYPE_ERROR,
                        "Expected a Boolean as a condition but got " + Values.typeName(other) + ": "
                                + ValueText.excerpt(other) + ".");
        };
    }

    static byte at(Vector vector, int row) {
        if (vector instanceof BooleanVector(boolean[] values, NullMask nulls)) {
            return nulls.isNull(row) ? UNKNOWN : values[row] ? TRUE : FALSE;
        }
        return of(vector.value(row));
    }
}
