package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.spill.SpillPartitions;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.exec.store.TextMerge;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Groups and their aggregates, numbered in the order of their first rows. One thread adds; several tables that were
 * filled side by side are merged into one. Without columns to group by there is exactly one group, also over no rows.
 *
 * <p>A table that will be merged may have several groups for one key; they are one from then on.
 *
 * <p>When memory gets short, the groups that are there stay and grow, and rows of other groups are put aside.
 */
public final class GroupTable implements AutoCloseable {
    /** What is held of groups that grow with their rows may grow so many times when no further group is added. */
    private static final double SHARE_OF_GROWING = 0.125;

    private static final double SHARE = 0.5;

    private final Grouping grouping;
    private final QueryContext context;
    private final int depth;
    private final boolean partial;
    private final HeldMemory memory;
    private final KeyIndex index;
    private final RowStore groupRows;
    private final AggregateStates states;
    /** Positions of the keys that tell groups apart, among all keys. */
    private final int[] identityKeys;

    private int[] groupOf = new int[0];
    private int groups;
    private Optional<SpilledGroups> aside = Optional.empty();
    /** Whether groups came from another table after rows were put aside, some of which may be theirs. */
    private boolean mergedLate;

    private boolean handedOver;
    /** Whether nobody can ask any more which key has a group. */
    private boolean sealed;

    /** A table whose results are read. */
    public static GroupTable of(Grouping grouping, QueryContext context) {
        return new GroupTable(grouping, context, 0, false);
    }

    /** A table of rows that were put aside and split so many times. */
    static GroupTable ofSpilled(Grouping grouping, QueryContext context, int depth) {
        return new GroupTable(grouping, context, depth, false);
    }

    /** A table that will be merged into another one. */
    public static GroupTable partial(Grouping grouping, QueryContext context) {
        return new GroupTable(grouping, context, 0, true);
    }

    private GroupTable(Grouping grouping, QueryContext context, int depth, boolean partial) {
        this.grouping = grouping;
        this.context = context;
        this.depth = depth;
        this.partial = partial;
        boolean spills = grouping.identityWidth() > 0 && depth < SpillPartitions.MAX_DEPTH;
        this.memory = spills
                ? HeldMemory.ofSpilling(context, "Aggregate", grouping.growsWithRows() ? SHARE_OF_GROWING : SHARE)
                : new HeldMemory(context.memory(), "Aggregate");
        this.index = partial
                ? KeyIndex.partial(grouping.identityWidth(), memory)
                : new KeyIndex(grouping.identityWidth(), memory);
        this.groupRows = grouping.hasOneKey()
                ? RowStore.ofUnlikeRows(1, memory)
                : new RowStore(grouping.keys().size(), memory);
        boolean oneGroup = grouping.keys().isEmpty();
        this.states = new AggregateStates(grouping.aggregates(), memory, context.cancellation(), oneGroup, partial);
        this.identityKeys = IntStream.range(0, grouping.keys().size())
                .filter(key -> grouping.keys().get(key).identity())
                .toArray();
        if (grouping.keys().isEmpty()) {
            makeRoom(1);
        }
    }

    public int groups() {
        return groups;
    }

    /** Adds the selected rows of a batch to their groups. */
    public void add(RowBatch rows) {
        requireOpen();
        int count = rows.rowCount();
        if (count == 0) {
            return;
        }
        if (aside.isPresent()) {
            addToKnown(rows, aside.get());
            return;
        }
        if (groupOf.length < count) {
            groupOf = new int[count];
        }
        if (!addCoded(rows)) {
            addGrouped(rows, count);
        }
        if (!partial && memory.shouldSpill()) {
            aside = Optional.of(new SpilledGroups(grouping, depth, context));
        }
    }

    /** Adds rows by the entries of their key's dictionary, if it is small and all that occur are known. */
    private boolean addCoded(RowBatch rows) {
        if (identityKeys.length != 1
                || !rows.isWhole()
                || !(grouping.identity(rows).getFirst() instanceof DictionaryVector key)
                || !CodedRows.isWorthIt(key)) {
            return false;
        }
        return states.addCoded(rows, key, occurrences -> index.knownEntries(key, occurrences), groupOf);
    }

    private void addGrouped(RowBatch rows, int count) {
        int[] positions = rows.selectedRows();
        int only = 0;
        if (identityKeys.length > 0) {
            int known = groups;
            index.add(grouping.identity(rows), rows, groupOf);
            if (index.size() > known) {
                noteFirstRows(grouping.keyColumns(rows), index.newRows().orElseGet(() -> firstRows(positions)));
            }
            only = groups == 1 ? 0 : onlyGroup(count);
        } else if (groups == 0) {
            Arrays.fill(groupOf, 0);
            noteFirstRows(grouping.keyColumns(rows), firstRows(positions));
        }
        states.add(rows, new GroupedRows(count, rows.isWhole(), positions, groupOf, only));
    }

    /** Adds rows to groups that are there, and puts those of other groups aside. */
    private void addToKnown(RowBatch rows, SpilledGroups others) {
        int[] positions = rows.selectedRows();
        int[] numbers = index.find(grouping.identity(rows), positions);
        int[] known = new int[positions.length];
        int[] unknown = new int[positions.length];
        int knownCount = 0;
        int unknownCount = 0;
        for (int i = 0; i < positions.length; i++) {
            if (numbers[i] == KeyIndex.ABSENT) {
                unknown[unknownCount++] = positions[i];
            } else {
                numbers[knownCount] = numbers[i];
                known[knownCount++] = positions[i];
            }
        }
        if (knownCount > 0) {
            int[] knownRows = Arrays.copyOf(known, knownCount);
            states.add(rows.select(knownRows), GroupedRows.of(knownRows, numbers));
        }
        others.add(rows, Arrays.copyOf(unknown, unknownCount));
    }

    /** Whether memory is so short that only a table that puts rows aside should take further ones. */
    public boolean isCrowded() {
        return memory.shouldSpill()
                || context.execution().spill().isAvailable()
                        && memory.held() > 0
                        && context.memory().reservedBytes() > context.memory().maxBytes() / 2;
    }

    /**
     * The rows that were put aside, when everything was added.
     *
     * @return parts that do not share a group with each other, nor with this table
     */
    Optional<SpilledGroups> spilled() {
        if (mergedLate) {
            mergedLate = false;
            aside.ifPresent(rows -> rows.readAgain(batch -> addToKnown(batch, rows)));
        }
        handedOver = true;
        return aside;
    }

    /** Sorted tables bring one group for many rows on end. */
    private int onlyGroup(int count) {
        int first = groupOf[0];
        if (groupOf[count - 1] != first || groupOf[count >> 1] != first) {
            return GroupedRows.SEVERAL;
        }
        for (int i = 0; i < count; i++) {
            if (groupOf[i] != first) {
                return GroupedRows.SEVERAL;
            }
        }
        return first;
    }

    /** The rows that open a group. */
    private int[] firstRows(int[] positions) {
        int known = groups;
        int[] first = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            if (groupOf[i] == known) {
                known++;
                first[count++] = positions[i];
            }
        }
        return Arrays.copyOf(first, count);
    }

    /** Keeps the key columns of rows that open a group. */
    private void noteFirstRows(List<Vector> keyColumns, int[] firstRows) {
        if (firstRows.length > 0) {
            groupRows.append(keyColumns, firstRows);
            makeRoom(groups + firstRows.length);
        }
    }

    private void makeRoom(int groupsNow) {
        groups = groupsNow;
        states.ensure(groupsNow);
    }

    /**
     * Gives groups of a partial table their numbers here.
     *
     * @param from the first of these groups
     * @param to behind the last
     * @param numbers where the number of each group is put, by its number there
     */
    public void number(GroupTable partial, int from, int to, int[] numbers) {
        requireOpen();
        for (int start = from; start < to; ) {
            context.cancellation().poll();
            int end = Math.min(to, partial.groupRows.endOfPiece(start));
            RowBatch keys = partial.groupRows.gather(IntStream.range(start, end).toArray());
            if (groupOf.length < end - start) {
                groupOf = new int[end - start];
            }
            if (identityKeys.length > 0) {
                index.add(Arrays.stream(identityKeys).mapToObj(keys::column).toList(), keys, groupOf);
            }
            noteFirstRows(keys.columns(), firstRows(keys.selectedRows()));
            System.arraycopy(groupOf, 0, numbers, start, end - start);
            start = end;
        }
    }

    /** Rows of groups of a partial table that are to be numbered by their texts. */
    public TextMerge.Stretch stretch(int from, int to, int[] numbers) {
        return new TextMerge.Stretch(groupRows, from, to, numbers);
    }

    /** Whether no group was added yet, so that all may be {@linkplain #number(TextMerge) numbered by their texts}. */
    public boolean takesMerge() {
        return grouping.hasOneKey() && groups == 0 && aside.isEmpty();
    }

    /** Gives groups of partial tables their numbers here, where equal texts were united. Only they can be merged from then on. */
    public void number(TextMerge merge) {
        requireOpen();
        sealed = true;
        for (int stretch = 0; stretch < merge.stretches(); stretch++) {
            context.cancellation().poll();
            int[] fresh = merge.number(stretch, groups);
            groupRows.append(merge.store(stretch), fresh);
            makeRoom(groups + fresh.length);
        }
    }

    private void requireOpen() {
        if (sealed) {
            throw new IllegalStateException("the keys of the groups were not kept");
        }
    }

    /** Makes room for the keys of partial tables, if there is memory for it. */
    public void expect(List<GroupTable> partials) {
        index.expect(partials.stream().map(partial -> partial.index).toList());
    }

    /** Adds all groups of a partial table, whose numbers here are known. */
    public void merge(GroupTable partial, int[] numbers) {
        mergedLate |= aside.isPresent();
        states.merge(partial.states, partial.groups, numbers);
    }

    /** Adds all groups of a partial table. */
    public void merge(GroupTable partial) {
        int[] numbers = new int[partial.groups];
        number(partial, 0, partial.groups, numbers);
        merge(partial, numbers);
    }

    /** What is held of the query's memory. */
    public long heldBytes() {
        return memory.held();
    }

    /** The keys and results of the groups from one number to before another. */
    RowBatch results(int from, int to) {
        List<Vector> columns = new ArrayList<>(grouping.layout().width());
        int[] rows = IntStream.range(from, to).toArray();
        for (int key = 0; key < grouping.keys().size(); key++) {
            columns.add(groupRows.gather(rows, key));
        }
        columns.addAll(states.results(from, to));
        return RowBatch.of(columns, to - from);
    }

    /** Gives the memory back; what was put aside is left to who has {@linkplain #spilled() asked} for it. */
    @Override
    public void close() {
        memory.close();
        if (!handedOver) {
            aside.ifPresent(SpilledGroups::close);
        }
    }
}
