package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.aggregate.AggregateStates;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The groups of a block's tuples. A row of a block is a number already, so that no key is hashed to find its group, and
 * no later block has tuples of a group of this one. For one thread.
 */
final class BlockGroups implements AutoCloseable {
    private static final int NO_GROUP = -1;

    private final ScopeSpec spec;
    private final GroupingSpec grouping;
    private final BlockRows block;
    private final QueryContext context;
    private final HeldMemory memory;
    private final AggregateStates states;
    private final RowStore output;
    /** By row of the block: its group, or its number among the rows with groups if values tell these apart. */
    private final int[] numberOf;

    private final Optional<KeyIndex> values;
    private int numbers;
    private int groups;
    private int next;

    BlockGroups(ScopeSpec spec, GroupingSpec grouping, BlockRows block, QueryContext context) {
        this.spec = spec;
        this.grouping = grouping;
        this.block = block;
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "ScopeScan");
        memory.reserve((long) Integer.BYTES * block.rows());
        this.numberOf = new int[block.rows()];
        Arrays.fill(numberOf, NO_GROUP);
        this.states = new AggregateStates(grouping.aggregates(), memory, context.cancellation());
        this.output = new RowStore(grouping.output().size(), memory);
        this.values = Optional.of(grouping.values())
                .filter(columns -> !columns.isEmpty())
                .map(columns -> new KeyIndex(1 + columns.size(), memory));
    }

    /** Takes all tuples. */
    void drain(Stage tuples) {
        while (tuples.advance()) {
            context.cancellation().poll();
            add(tuples.tuples());
        }
    }

    private void add(Tuples tuples) {
        RowBatch items = items(tuples);
        int[] positions = items.selectedRows();
        int[] groupOf = numbered(tuples);
        values.ifPresent(
                index -> index.addWithin(numbers, columns(items, grouping.values()), positions, true, groupOf));
        int known = groups;
        groups = values.map(KeyIndex::size).orElse(numbers);
        if (groups > known) {
            states.ensure(groups);
            noteFirst(items, groupOf, known);
        }
        states.add(items, positions, groupOf);
    }

    private int[] numbered(Tuples tuples) {
        int[] rows = tuples.rows()[grouping.side()];
        int[] numbered = new int[tuples.count()];
        for (int i = 0; i < numbered.length; i++) {
            int number = numberOf[rows[i]];
            if (number == NO_GROUP) {
                number = numbers++;
                numberOf[rows[i]] = number;
            }
            numbered[i] = number;
        }
        return numbered;
    }

    private RowBatch items(Tuples tuples) {
        List<Vector> columns =
                new ArrayList<>(block.gather(tuples, spec.output()).columns());
        for (int side : grouping.rows()) {
            columns.add(numbers(tuples.rows()[side]));
        }
        RowBatch rows = RowBatch.of(columns, tuples.count());
        for (List<CompiledExpression> projection : grouping.projections()) {
            RowBatch input = rows;
            rows = RowBatch.of(
                    projection.stream().map(item -> item.evaluate(input)).toList(), tuples.count());
        }
        return rows;
    }

    private static Vector numbers(int[] rows) {
        long[] numbers = new long[rows.length];
        BitSet absent = new BitSet();
        for (int i = 0; i < rows.length; i++) {
            numbers[i] = rows[i];
            if (rows[i] < 0) {
                absent.set(i);
            }
        }
        return new LongVector(numbers, NullMask.of(absent), LongKind.INTEGER, true);
    }

    private static List<Vector> columns(RowBatch items, List<Integer> positions) {
        return positions.stream().map(items::column).toList();
    }

    /** Keeps what the groups from one number on have from their first tuples. */
    private void noteFirst(RowBatch items, int[] groupOf, int from) {
        if (grouping.output().isEmpty()) {
            return;
        }
        int[] first = new int[groups - from];
        int found = 0;
        for (int i = 0; found < first.length; i++) {
            if (groupOf[i] == from + found) {
                first[found++] = i;
            }
        }
        output.append(columns(items, grouping.output()), first);
    }

    /** The next groups, when all tuples were added; empty when all were given. */
    Optional<RowBatch> next() {
        int from = next;
        next = Math.min(groups, from + Tuples.MAX);
        if (from == next) {
            return Optional.empty();
        }
        List<Vector> columns = new ArrayList<>();
        if (!grouping.output().isEmpty()) {
            columns.addAll(output.gather(IntStream.range(from, next).toArray()).columns());
        }
        columns.addAll(states.results(from, next));
        return Optional.of(RowBatch.of(columns, next - from));
    }

    @Override
    public void close() {
        memory.close();
    }
}
