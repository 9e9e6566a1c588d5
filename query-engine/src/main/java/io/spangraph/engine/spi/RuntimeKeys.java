package io.spangraph.engine.spi;

import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that became known while the query ran: rows whose column holds none of its keys are not wanted. A source may skip
 * by them; it need not drop every row, the engine joins afterwards.
 *
 * @param first there if only the first rows of an order are wanted
 * @param rows there if only some rows are wanted whose references are known
 */
public record RuntimeKeys(List<KeySet> keySets, Optional<FirstRows> first, Optional<WantedRows> rows) {
    public static final RuntimeKeys NONE = new RuntimeKeys(List.of());

    /** The wanted values of one column, none of them null. */
    public record KeySet(String column, Set<Value> values) {
        public KeySet {
            values = Set.copyOf(values);
        }
    }

    /**
     * Rows by their references. Not each of them need be one that the scan would give: it may be deleted, or another's.
     *
     * @param references ascending
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record WantedRows(long[] references) {
        /** Whether the row is one of these. */
        public boolean contains(long reference) {
            return Arrays.binarySearch(references, reference) >= 0;
        }

        /** The positions in a file of the rows that are of it, ascending. */
        public long[] positionsIn(int fileOrdinal) {
            int from = firstFrom(RowReference.of(fileOrdinal, 0));
            int to = firstFrom(RowReference.of(fileOrdinal + 1, 0));
            return Arrays.stream(references, from, to)
                    .map(RowReference::position)
                    .toArray();
        }

        private int firstFrom(long reference) {
            int found = Arrays.binarySearch(references, reference);
            return found >= 0 ? found : -found - 1;
        }
    }

    public RuntimeKeys {
        keySets = List.copyOf(keySets);
    }

    /** Where all rows are wanted that have one of the keys. */
    public RuntimeKeys(List<KeySet> keySets) {
        this(keySets, Optional.empty());
    }

    /** Where only the first rows of an order may be wanted. */
    public RuntimeKeys(List<KeySet> keySets, Optional<FirstRows> first) {
        this(keySets, first, Optional.empty());
    }

    /** Only these rows of a scan. */
    public static RuntimeKeys ofRows(long[] references) {
        return new RuntimeKeys(List.of(), Optional.empty(), Optional.of(new WantedRows(references)));
    }
}
