package io.spangraph.engine.exec.scope;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.model.value.Value;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Cuts a part of a table into blocks: a batch is a block but for the scopes at its ends, which may go on in the batches
 * beside it. Those are put together and become small blocks of their own.
 */
final class BlockReader implements Blocks {
    private final BatchCursor cursor;
    private final UnaryOperator<RowBatch> owned;
    private final List<CompiledExpression> scope;
    private final ScatteredScopes scattered;
    private final HeldMemory memory;
    private final Deque<Block> ready = new ArrayDeque<>();
    private Optional<RowStore> open = Optional.empty();
    private List<Value> openScope = List.of();
    private boolean ended;

    /**
     * @param owned the rows that the reader may know of
     * @param memory of nobody else, for the rows of the scope that is not complete yet
     */
    BlockReader(
            BatchCursor cursor,
            UnaryOperator<RowBatch> owned,
            List<CompiledExpression> scope,
            ScatteredScopes scattered,
            HeldMemory memory) {
        this.cursor = cursor;
        this.owned = owned;
        this.scope = scope;
        this.scattered = scattered;
        this.memory = memory;
    }

    @Override
    public Optional<Block> next() {
        while (ready.isEmpty() && !ended) {
            if (cursor.advance()) {
                RowBatch rows = owned.apply(cursor.batch());
                if (rows.rowCount() > 0) {
                    cut(ScopeSearch.whole(rows));
                }
            } else {
                ended = true;
                endOpen();
            }
        }
        return Optional.ofNullable(ready.poll());
    }

    private List<Vector> scopeOf(RowBatch rows) {
        return scope.stream().map(part -> part.evaluate(rows)).toList();
    }

    private void cut(RowBatch rows) {
        List<Vector> keys = scopeOf(rows);
        ScopeRuns runs = ScopeRuns.of(keys, rows.physicalRows());
        BitSet leftOut = new BitSet();
        for (int run = 0; run < runs.count() && scattered.hashes().length > 0; run++) {
            if (!runs.withoutScope().get(run) && scattered.contains(ScopeHash.of(keys, runs.starts()[run]))) {
                leftOut.set(run);
            }
        }
        boolean continues = open.isPresent() && openScope.equals(values(keys, 0));
        if (continues) {
            keepOpen(rows, runs, 0);
            leftOut.set(0);
        }
        int last = runs.count() - 1;
        if (!continues || last > 0) {
            endOpen();
            if (!leftOut.get(last) && !runs.withoutScope().get(last)) {
                open = Optional.of(RowStore.ofUnlikeRows(rows.columns().size(), memory));
                openScope = values(keys, runs.starts()[last]);
                keepOpen(rows, runs, last);
                leftOut.set(last);
            }
        }
        if (leftOut.cardinality() < runs.count()) {
            ready.add(new Block(rows, runs, leftOut));
        }
    }

    private static List<Value> values(List<Vector> keys, int row) {
        return keys.stream().map(key -> key.value(row)).toList();
    }

    private void keepOpen(RowBatch rows, ScopeRuns runs, int run) {
        int[] positions =
                IntStream.range(runs.starts()[run], runs.starts()[run + 1]).toArray();
        open.orElseThrow().append(rows.columns(), positions);
    }

    /** The scope that was open is complete. */
    private void endOpen() {
        open.ifPresent(store -> {
            RowBatch rows = store.gather(IntStream.range(0, store.rows()).toArray());
            ready.add(new Block(rows, ScopeRuns.of(scopeOf(rows), rows.physicalRows()), new BitSet()));
        });
        open = Optional.empty();
        openScope = List.of();
        memory.release(memory.held());
    }

    @Override
    public void close() {
        cursor.close();
        memory.close();
    }
}
