package io.spangraph.engine.exec.apply;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The outer rows of an apply, each with its ordinal as the last column: where the inner side starts. */
public final class ArgumentOperator implements Operator {
    private final RowLayout layout;
    private Optional<Supplier<RowStore>> outerRows = Optional.empty();
    private int next;
    private boolean closed;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    public ArgumentOperator(RowLayout layout) {
        this.layout = layout;
    }

    /** Says where the rows come from; the apply does so before the inner side is first asked for rows. */
    void supply(Supplier<RowStore> rows) {
        outerRows = Optional.of(rows);
    }

    /** How many outer rows there are, of which each has its ordinal; reads them when asked first. */
    public int outerRowCount() {
        return outerRows().rows();
    }

    private RowStore outerRows() {
        return outerRows
                .orElseThrow(() -> new IllegalStateException("an argument outside of an apply"))
                .get();
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        RowStore rows = outerRows();
        int count = Math.min(RowBatch.TARGET_ROWS, rows.rows() - next);
        if (closed || count <= 0) {
            return false;
        }
        int first = next;
        int[] positions = new int[count];
        Arrays.setAll(positions, row -> first + row);
        List<Vector> columns = new ArrayList<>(rows.gather(positions).columns());
        long[] ordinals = Arrays.stream(positions).asLongStream().toArray();
        columns.add(new LongVector(ordinals, NullMask.NONE, LongKind.INTEGER));
        batch = RowBatch.of(columns, count);
        next += count;
        return true;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        closed = true;
    }
}
