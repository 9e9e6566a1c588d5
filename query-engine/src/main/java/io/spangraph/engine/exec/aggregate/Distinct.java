package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import java.util.Arrays;
import java.util.List;

/**
 * Passes on the first row of each identity as soon as it comes. Only the identities are kept, so a query with a LIMIT ends
 * early and large columns cost nothing.
 */
public final class Distinct implements Operator {
    private final Operator input;
    private final int[] identity;
    private final QueryContext context;
    private final HeldMemory memory;
    private final KeyIndex seen;
    private int known;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * The different rows of the input; all its columns are passed on.
     *
     * @param identity positions of the columns that tell rows apart: of a node or relationship its type name, tenant and
     *     key only
     */
    public Distinct(Operator input, List<Integer> identity, QueryContext context) {
        this.input = input;
        this.identity = identity.stream().mapToInt(Integer::intValue).toArray();
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "Distinct");
        this.seen = new KeyIndex(identity.size(), memory);
    }

    @Override
    public RowLayout layout() {
        return input.layout();
    }

    @Override
    public boolean advance() {
        while (input.advance()) {
            context.cancellation().poll();
            RowBatch rows = input.batch();
            int[] fresh = freshRows(rows);
            if (fresh.length > 0) {
                batch = rows.select(fresh);
                return true;
            }
        }
        return false;
    }

    private int[] freshRows(RowBatch rows) {
        int[] positions = rows.selectedRows();
        List<Vector> key = Arrays.stream(identity).mapToObj(rows::column).toList();
        int[] numbers = seen.add(key, positions);
        int[] fresh = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            if (numbers[i] == known) {
                known++;
                fresh[count++] = positions[i];
            }
        }
        return Arrays.copyOf(fresh, count);
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        input.close();
        memory.close();
    }
}
