package io.spangraph.engine.exec.scope;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.spi.FileLinks;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The scopes of a data file and the edges of one kind inside them, by the positions of its rows. Who reads some of these
 * rows turns positions into the numbers of its own rows; an edge to a row that it was not given leads nowhere.
 *
 * @param starts the first row of each run of rows of one scope, ascending; the number of rows at the end
 * @param hashes of the scopes, by run
 * @param withoutScope runs of rows without a complete scope key
 * @param links by position
 * @param nulls which rows are null in each of the columns that these are made of
 */
@SuppressWarnings("ArrayRecordComponent")
record FileScopes(int[] starts, long[] hashes, BitSet withoutScope, Links links, List<NullMask> nulls)
        implements FileLinks {
    private static final long BYTES_BESIDE_ARRAYS = 200;

    FileScopes {
        nulls = List.copyOf(nulls);
    }

    int runs() {
        return hashes.length;
    }

    /** The run that a row lies in. */
    int runOf(int position) {
        int found = Arrays.binarySearch(starts, position);
        return found >= 0 ? found : -found - 2;
    }

    int rowsOf(int run) {
        return starts[run + 1] - starts[run];
    }

    @Override
    public long heapBytes() {
        return BYTES_BESIDE_ARRAYS
                + (long) Integer.BYTES * starts.length
                + (long) Long.BYTES * hashes.length
                + withoutScope.size() / Byte.SIZE
                + links.heapBytes()
                + nulls.stream().mapToLong(NullMask::heapBytes).sum();
    }
}
