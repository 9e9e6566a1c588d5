package io.spangraph.engine.exec.expression;

import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;

/** Compares single cells of vectors by equivalence, without making values of numbers. */
final class Cells {
    private Cells() {}

    static boolean equivalent(Vector left, Vector right, int row) {
        if (left instanceof LongVector a && right instanceof LongVector b && a.kind() == b.kind()) {
            boolean leftNull = a.nulls().isNull(row);
            boolean rightNull = b.nulls().isNull(row);
            return leftNull || rightNull ? leftNull == rightNull : a.values()[row] == b.values()[row];
        }
        if (left instanceof DictionaryVector a && right instanceof DictionaryVector b) {
            int x = a.codes()[row];
            int y = b.codes()[row];
            return x < 0 || y < 0
                    ? x < 0 && y < 0
                    : Values.equivalent(a.dictionary().get(x), b.dictionary().get(y));
        }
        if (left instanceof ConstantVector(Value a, int length)
                && right instanceof ConstantVector(Value b, int sameLength)) {
            return a.equals(b) || Values.equivalent(a, b);
        }
        return Values.equivalent(left.value(row), right.value(row));
    }
}
