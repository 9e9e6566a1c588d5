package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The aggregates of numbered groups. Who uses it says which group a row belongs to, and how many groups there are: a group
 * without rows has the value of nothing, as 0 or an empty list.
 */
public final class AggregateStates {
    private final List<AggregateSpec> aggregates;
    private final List<Accumulator> accumulators = new ArrayList<>();

    public AggregateStates(List<AggregateSpec> aggregates, HeldMemory memory, Cancellation cancellation) {
        this(aggregates, memory, cancellation, false, false);
    }

    /**
     * The states of no groups yet.
     *
     * @param oneGroup there will be one group and no other
     * @param partial the states will be merged into others, and have no results of their own
     */
    AggregateStates(
            List<AggregateSpec> aggregates,
            HeldMemory memory,
            Cancellation cancellation,
            boolean oneGroup,
            boolean partial) {
        this.aggregates = List.copyOf(aggregates);
        for (AggregateSpec aggregate : aggregates) {
            accumulators.add(Accumulators.of(aggregate, memory, cancellation, oneGroup, partial));
        }
    }

    /** Makes room for this many groups. */
    public void ensure(int groups) {
        accumulators.forEach(accumulator -> accumulator.ensure(groups));
    }

    /**
     * Adds rows to their groups, for which there is room.
     *
     * @param positions physical rows of the batch
     * @param groupOf the group of each of these
     */
    public void add(RowBatch rows, int[] positions, int[] groupOf) {
        add(rows, GroupedRows.of(positions, groupOf));
    }

    void add(RowBatch rows, GroupedRows grouped) {
        for (int i = 0; i < aggregates.size(); i++) {
            accumulators.get(i).add(arguments(i, rows), grouped);
        }
    }

    /**
     * Adds all rows of a batch by the entries of their key's dictionary.
     *
     * @param groupsOf the group of each entry by entry plus one, when told how many rows each has; empty if one is new
     * @param groupOf room for the group of each row
     * @return whether there was a group for each
     */
    boolean addCoded(RowBatch rows, DictionaryVector key, Function<int[], Optional<int[]>> groupsOf, int[] groupOf) {
        List<List<Vector>> arguments = IntStream.range(0, aggregates.size())
                .mapToObj(aggregate -> arguments(aggregate, rows))
                .toList();
        Optional<SmallSums> sums = sumsByEntry(arguments, key);
        int[] occurrences = sums.map(SmallSums::rows).orElseGet(() -> CodedRows.occurrences(key));
        Optional<int[]> groups = groupsOf.apply(occurrences);
        if (groups.isPresent()) {
            CodedRows coded = new CodedRows(rows, key.codes(), occurrences, sums, groups.get(), groupOf);
            for (int i = 0; i < accumulators.size(); i++) {
                accumulators.get(i).addCoded(arguments.get(i), coded);
            }
        }
        return groups.isPresent();
    }

    /** Those of the first aggregate that has them: they count the rows of each entry in the same pass. */
    private Optional<SmallSums> sumsByEntry(List<List<Vector>> arguments, DictionaryVector key) {
        for (int i = 0; i < accumulators.size(); i++) {
            Optional<SmallSums> sums = accumulators.get(i).sumsByEntry(arguments.get(i), key);
            if (sums.isPresent()) {
                return sums;
            }
        }
        return Optional.empty();
    }

    private List<Vector> arguments(int aggregate, RowBatch rows) {
        return aggregates.get(aggregate).evaluated().stream()
                .map(argument -> argument.evaluate(rows))
                .toList();
    }

    /**
     * Adds the groups of other states of the same aggregates to groups of these, for which there is room.
     *
     * @param groupOf for each of the other's groups its number here
     */
    void merge(AggregateStates other, int count, int[] groupOf) {
        for (int i = 0; i < accumulators.size(); i++) {
            accumulators.get(i).merge(other.accumulators.get(i), count, groupOf);
        }
    }

    /** A column for each aggregate, of the groups from one number to before another; when all rows were added. */
    public List<Vector> results(int from, int to) {
        return accumulators.stream()
                .map(accumulator -> accumulator.result(from, to))
                .toList();
    }
}
