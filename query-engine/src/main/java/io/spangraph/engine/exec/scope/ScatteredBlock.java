package io.spangraph.engine.exec.scope;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.scan.ScanRows;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.RuntimeKeys.WantedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Puts the rows of scattered scopes side by side, scope by scope. */
final class ScatteredBlock {
    private ScatteredBlock() {}

    /**
     * One block of all rows of these scopes.
     *
     * @param rows hold row references last; those of other rows are dropped
     */
    static Block read(
            BatchCursor rows, WantedRows wanted, ScanRows base, List<CompiledExpression> scope, HeldMemory memory) {
        Optional<RowStore> store = Optional.empty();
        KeyIndex index = new KeyIndex(scope.size(), memory);
        List<int[]> scopes = new ArrayList<>();
        while (rows.advance()) {
            Vector references = rows.batch().columns().getLast();
            RowBatch owned = RowSelection.where(
                    base.owned(rows.batch()), row -> wanted.contains(FilePositions.reference(references, row)));
            if (store.isEmpty()) {
                store = Optional.of(RowStore.ofUnlikeRows(owned.columns().size(), memory));
            }
            store.get().append(owned);
            List<Vector> keys = new ArrayList<>();
            scope.forEach(part -> keys.add(part.evaluate(owned)));
            scopes.add(index.add(keys, owned.selectedRows()));
        }
        if (store.isEmpty()) {
            return new Block(RowBatch.of(List.of(), 0), ScopeRuns.single(0), new BitSet());
        }
        return inOrder(
                store.get(),
                index.size(),
                scopes.stream().flatMapToInt(Arrays::stream).toArray());
    }

    private static Block inOrder(RowStore store, int scopes, int[] scopeOf) {
        int[] starts = new int[scopes + 1];
        for (int number : scopeOf) {
            starts[number + 1]++;
        }
        for (int number = 0; number < scopes; number++) {
            starts[number + 1] += starts[number];
        }
        int[] next = starts.clone();
        int[] order = new int[scopeOf.length];
        for (int row : IntStream.range(0, scopeOf.length).toArray()) {
            order[next[scopeOf[row]]++] = row;
        }
        return new Block(store.gather(order), new ScopeRuns(starts, new BitSet()), new BitSet());
    }
}
