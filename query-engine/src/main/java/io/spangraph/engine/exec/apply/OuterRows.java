package io.spangraph.engine.exec.apply;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.BitSet;

/** The rows of the outer side of an apply, and which of them the inner side has found something for. */
final class OuterRows {
    private final Operator outer;
    private final QueryContext context;
    private final HeldMemory memory;
    private final RowStore rows;
    private final BitSet matched = new BitSet();
    private int matchedRows;
    private boolean read;
    private int next;

    OuterRows(Operator outer, QueryContext context, String operator) {
        this.outer = outer;
        this.context = context;
        this.memory = new HeldMemory(context.memory(), operator);
        this.rows = new RowStore(outer.layout().width(), memory);
    }

    /** All rows; reads them when asked first. */
    RowStore rows() {
        if (!read) {
            read = true;
            while (outer.advance()) {
                context.cancellation().poll();
                rows.append(outer.batch());
            }
            outer.close();
            memory.reserve(rows.rows() / Byte.SIZE);
        }
        return rows;
    }

    /** The ordinals of a batch of the inner side, which all count as matched. */
    int[] match(RowBatch inner, int ordinalPosition) {
        int[] ordinals = ordinals(inner, ordinalPosition);
        for (int ordinal : ordinals) {
            if (!matched.get(ordinal)) {
                matched.set(ordinal);
                matchedRows++;
            }
        }
        return ordinals;
    }

    /** True when the inner side can say nothing new about which rows it finds something for. */
    boolean allMatched() {
        return matchedRows == rows().rows();
    }

    /** The ordinals of the rows of a batch of the inner side. */
    static int[] ordinals(RowBatch inner, int ordinalPosition) {
        Vector column = inner.column(ordinalPosition);
        int[] ordinals = new int[inner.rowCount()];
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = ordinal(column, inner.physicalRow(i));
        }
        return ordinals;
    }

    private static int ordinal(Vector column, int row) {
        if (column instanceof LongVector longs) {
            return Math.toIntExact(longs.values()[row]);
        }
        if (column.value(row) instanceof Value.IntegerValue(long ordinal)) {
            return Math.toIntExact(ordinal);
        }
        throw new IllegalStateException("an inner row without the ordinal of its outer row");
    }

    /** The next outer rows that were matched or were not; empty at the end. */
    int[] nextWhere(boolean wanted) {
        int[] found = new int[RowBatch.TARGET_ROWS];
        int count = 0;
        while (next < rows().rows() && count < found.length) {
            if (matched.get(next) == wanted) {
                found[count++] = next;
            }
            next++;
        }
        return Arrays.copyOf(found, count);
    }

    void close() {
        try {
            outer.close();
        } finally {
            memory.close();
        }
    }
}
