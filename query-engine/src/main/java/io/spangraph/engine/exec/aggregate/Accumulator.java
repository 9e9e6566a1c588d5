package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import java.util.List;
import java.util.Optional;

/** The state of one aggregate function for all groups, in arrays by the number of the group. */
abstract class Accumulator {
    private static final int FIRST_CAPACITY = 16;

    private final HeldMemory memory;
    private final int bytesPerGroup;
    private int capacity;

    Accumulator(HeldMemory memory, int bytesPerGroup) {
        this.memory = memory;
        this.bytesPerGroup = bytesPerGroup;
    }

    /**
     * Adds rows to their groups.
     *
     * @param arguments of the function, as vectors of one length
     * @param rows whose groups there is room for
     */
    abstract void add(List<Vector> arguments, GroupedRows rows);

    /** The sums of all rows of a batch by the entries of a dictionary, of a function that adds them up together. */
    Optional<SmallSums> sumsByEntry(List<Vector> arguments, DictionaryVector key) {
        return Optional.empty();
    }

    /** Adds all rows of a batch that are grouped by the entries of a dictionary. */
    void addCoded(List<Vector> arguments, CodedRows rows) {
        add(arguments, rows.grouped());
    }

    /**
     * Adds the groups of another state of the same aggregate to groups of this one, for which there is room. The other
     * state is not used any more.
     *
     * @param count of the other's groups
     * @param groupOf for each of these its number here
     */
    abstract void merge(Accumulator other, int count, int[] groupOf);

    /** The results of the groups from one number to before another; called when all rows were added. */
    abstract Vector result(int from, int to);

    /** Makes room in all arrays. */
    abstract void grow(int newCapacity);

    /** Makes room for this many groups. */
    void ensure(int groups) {
        if (groups > capacity) {
            int grown = (int) Math.min(Integer.MAX_VALUE - 16, Math.max(FIRST_CAPACITY, capacity * 2L));
            int newCapacity = Math.max(groups, grown);
            memory.reserve((long) bytesPerGroup * (newCapacity - capacity));
            grow(newCapacity);
            capacity = newCapacity;
        }
    }

    final void reserve(long bytes) {
        memory.reserve(bytes);
    }
}
