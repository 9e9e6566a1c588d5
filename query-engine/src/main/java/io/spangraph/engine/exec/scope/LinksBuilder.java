package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the parents of the rows of a block, scope by scope: a scope is small, so that its keys stay in the processor's
 * nearest cache while they are looked up. For one thread; used for many blocks.
 */
public final class LinksBuilder implements AutoCloseable {
    private static final int SMALLEST_TABLE = 16;
    private static final int ROWS_BETWEEN_POLLS = 1 << 16;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final QueryContext context;
    private final HeldMemory memory;
    /** Rows by hash of their key, those of one scope at a time. */
    private int[] table = new int[0];

    public LinksBuilder(QueryContext context) {
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "ScopeScan");
    }

    /**
     * The links of a block.
     *
     * @param key the columns of a row's own key; a row where one of them is null is nobody's parent
     * @param foreign as many columns of the key of a row's parent; a row where one of them is null has none
     */
    public Links build(ScopeRuns scopes, List<Vector> key, List<Vector> foreign) {
        if (key.size() != foreign.size() || key.isEmpty()) {
            throw new IllegalArgumentException(key.size() + " columns of a key for " + foreign.size());
        }
        if (key.size() == 1) {
            Optional<KeyTexts> keys = KeyTexts.of(key.getFirst());
            Optional<KeyTexts> parents = KeyTexts.of(foreign.getFirst());
            if (keys.isPresent() && parents.isPresent()) {
                return new TextLinks(scopes, keys.get(), parents.get()).find();
            }
        }
        return ofAnyKeys(scopes, key, foreign);
    }

    /** Keys of one column of texts. */
    private final class TextLinks {
        private final ScopeRuns scopes;
        private final KeyTexts keys;
        private final KeyTexts parents;
        /** Whether equal longs are equal texts. */
        private final boolean exact;

        private int[] sameKey = new int[0];

        TextLinks(ScopeRuns scopes, KeyTexts keys, KeyTexts parents) {
            this.scopes = scopes;
            this.keys = keys;
            this.parents = parents;
            this.exact = keys.readUuids();
            if (exact) {
                // A parent's key that is no UUID is nobody's key.
                parents.readUuids();
            } else {
                keys.readHashes();
                parents.readHashes();
            }
        }

        Links find() {
            int[] starts = scopes.starts();
            int[] first = new int[starts[scopes.count()]];
            ensureTable(tableSize(scopes.longest()));
            int polled = 0;
            for (int run = 0; run < scopes.count(); run++) {
                if (starts[run + 1] - polled > ROWS_BETWEEN_POLLS) {
                    context.cancellation().poll();
                    polled = starts[run + 1];
                }
                if (scopes.withoutScope().get(run)) {
                    Arrays.fill(first, starts[run], starts[run + 1], Links.NONE);
                } else {
                    findIn(starts[run], starts[run + 1], first);
                }
            }
            return sameKey.length == 0 ? Links.ofSingle(first) : Links.ofChains(first, sameKey);
        }

        private void findIn(int from, int to, int[] first) {
            int mask = tableSize(to - from) - 1;
            Arrays.fill(table, 0, mask + 1, Links.ABSENT);
            // From the last row on, so that a chain of rows with one key begins with the first of them.
            for (int row = to - 1; row >= from; row--) {
                if (!keys.isNull(row)) {
                    add(row, mask, first.length);
                }
            }
            for (int row = from; row < to; row++) {
                first[row] = parents.isNull(row) ? Links.NONE : rowOf(row, mask);
            }
        }

        private void add(int row, int mask, int rows) {
            long high = keys.high(row);
            long low = keys.low(row);
            int slot = slot(high, low, mask);
            for (; table[slot] >= 0; slot = slot + 1 & mask) {
                int other = table[slot];
                if (keys.high(other) == high
                        && keys.low(other) == low
                        && (exact || keys.isSameText(other, keys, row))) {
                    chain(row, other, rows);
                    break;
                }
            }
            table[slot] = row;
        }

        private void chain(int row, int next, int rows) {
            if (sameKey.length == 0) {
                sameKey = new int[rows];
                Arrays.fill(sameKey, Links.NONE);
            }
            sameKey[row] = next;
        }

        private int rowOf(int child, int mask) {
            if (exact && !parents.isUuid(child)) {
                return Links.ABSENT;
            }
            long high = parents.high(child);
            long low = parents.low(child);
            for (int slot = slot(high, low, mask); table[slot] >= 0; slot = slot + 1 & mask) {
                int row = table[slot];
                if (keys.high(row) == high && keys.low(row) == low && (exact || keys.isSameText(row, parents, child))) {
                    return row;
                }
            }
            return Links.ABSENT;
        }
    }

    private static int slot(long high, long low, int mask) {
        long mixed = (high ^ low) * MIX;
        return (int) (mixed >>> 32) & mask;
    }

    /** Twice the rows at least, so that a search ends soon. */
    private static int tableSize(int rows) {
        if (rows > 1 << 29) {
            throw new IllegalArgumentException("a scope of " + rows + " rows in one block");
        }
        return Math.max(SMALLEST_TABLE, Integer.highestOneBit(Math.max(1, 2 * rows - 1)) << 1);
    }

    private void ensureTable(int size) {
        if (table.length < size) {
            memory.reserve(4L * (size - table.length));
            table = new int[size];
        }
    }

    /** Keys of several columns, or of other types: numbered together with their scopes, as a hash join does. */
    private Links ofAnyKeys(ScopeRuns scopes, List<Vector> key, List<Vector> foreign) {
        int rows = scopes.starts()[scopes.count()];
        long[] scopeOf = new long[rows];
        boolean[] outside = new boolean[rows];
        for (int run = 0; run < scopes.count(); run++) {
            Arrays.fill(scopeOf, scopes.starts()[run], scopes.starts()[run + 1], run);
            Arrays.fill(
                    outside,
                    scopes.starts()[run],
                    scopes.starts()[run + 1],
                    scopes.withoutScope().get(run));
        }
        Vector scope = new LongVector(scopeOf, NullMask.NONE, LongKind.INTEGER);
        int[] first = new int[rows];
        int[] sameKey = new int[rows];
        Arrays.fill(first, Links.NONE);
        Arrays.fill(sameKey, Links.NONE);
        try (HeldMemory ofIndex = new HeldMemory(context.memory(), "ScopeScan")) {
            KeyIndex index = new KeyIndex(1 + key.size(), ofIndex);
            int[] vertices = complete(key, outside);
            int[] numbers = index.add(with(scope, key), vertices);
            int[] firstOf = new int[index.size()];
            Arrays.fill(firstOf, Links.ABSENT);
            boolean repeats = false;
            for (int i = vertices.length - 1; i >= 0; i--) {
                if (firstOf[numbers[i]] >= 0) {
                    sameKey[vertices[i]] = firstOf[numbers[i]];
                    repeats = true;
                }
                firstOf[numbers[i]] = vertices[i];
            }
            context.cancellation().poll();
            int[] children = complete(foreign, outside);
            int[] named = index.find(with(scope, foreign), children);
            for (int i = 0; i < children.length; i++) {
                first[children[i]] = named[i] == KeyIndex.ABSENT ? Links.ABSENT : firstOf[named[i]];
            }
            return repeats ? Links.ofChains(first, sameKey) : Links.ofSingle(first);
        }
    }

    private static List<Vector> with(Vector scope, List<Vector> key) {
        List<Vector> columns = new ArrayList<>();
        columns.add(scope);
        columns.addAll(key);
        return columns;
    }

    private static int[] complete(List<Vector> key, boolean[] outside) {
        int[] complete = new int[outside.length];
        int count = 0;
        for (int row = 0; row < outside.length; row++) {
            boolean there = !outside[row];
            for (Vector part : key) {
                there = there && !part.isNull(row);
            }
            if (there) {
                complete[count++] = row;
            }
        }
        return Arrays.copyOf(complete, count);
    }

    @Override
    public void close() {
        memory.close();
    }
}
