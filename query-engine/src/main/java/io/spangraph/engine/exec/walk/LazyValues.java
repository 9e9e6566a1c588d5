package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.ValueSize;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.BitSet;

/** Values of stored rows, made when they are first asked for: most edges of a graph are on no walk. */
final class LazyValues {
    private final RowStore rows;
    private final CompiledExpression expression;
    private final HeldMemory memory;
    private final Value[] values;
    private final BitSet known = new BitSet();

    LazyValues(RowStore rows, CompiledExpression expression, HeldMemory memory) {
        this.rows = rows;
        this.expression = expression;
        this.memory = memory;
        memory.reserve((long) Long.BYTES * rows.rows());
        this.values = new Value[rows.rows()];
        Arrays.fill(values, Value.NULL);
    }

    /** Makes those of the values that are not there yet. */
    void prepare(BitSet wanted) {
        BitSet missing = (BitSet) wanted.clone();
        missing.andNot(known);
        int[] positions = missing.stream().toArray();
        for (int from = 0; from < positions.length; from += RowBatch.TARGET_ROWS) {
            int[] part = Arrays.copyOfRange(positions, from, Math.min(positions.length, from + RowBatch.TARGET_ROWS));
            Vector made = expression.evaluate(rows.gather(part));
            long bytes = 0;
            for (int i = 0; i < part.length; i++) {
                values[part[i]] = made.value(i);
                bytes += ValueSize.of(values[part[i]]);
            }
            memory.reserve(bytes);
        }
        known.or(missing);
    }

    Value value(int row) {
        return values[row];
    }
}
