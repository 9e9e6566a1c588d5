package io.spangraph.engine.exec.scope;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.model.value.Value;
import java.util.Arrays;

/**
 * Which rows of a data file the rows of a batch are, and the other way round.
 *
 * @param ordinal of the file
 * @param positions by row of the batch, ascending
 * @param numbers by position, counted from the first row's, the number of the row in the batch or -1; empty if no row is
 *     left out between the first and the last, or if they are few among many
 */
@SuppressWarnings("ArrayRecordComponent")
record FilePositions(int ordinal, int[] positions, int[] numbers) {
    private static final int[] UNNEEDED = {};

    /** Rows further apart than this on the average are searched for. */
    private static final int SPARSE = 32;

    /** Of a batch without a selection that is not empty, and whose last column holds row references. */
    static FilePositions of(RowBatch rows) {
        Vector references = rows.columns().getLast();
        int count = rows.physicalRows();
        int[] positions = new int[count];
        if (references instanceof Vector.LongVector longs) {
            for (int row = 0; row < count; row++) {
                positions[row] = (int) RowReference.position(longs.values()[row]);
            }
        } else {
            for (int row = 0; row < count; row++) {
                positions[row] = (int) RowReference.position(reference(references, row));
            }
        }
        return new FilePositions(RowReference.fileOrdinal(reference(references, 0)), positions, numbers(positions));
    }

    static long reference(Vector references, int row) {
        return references instanceof Vector.LongVector longs
                ? longs.values()[row]
                : ((Value.IntegerValue) references.value(row)).value();
    }

    private static int[] numbers(int[] positions) {
        int first = positions[0];
        long span = positions[positions.length - 1] - (long) first + 1;
        if (span == positions.length || span > (long) SPARSE * positions.length) {
            return UNNEEDED;
        }
        int[] numbers = new int[(int) span];
        Arrays.fill(numbers, -1);
        for (int row = 0; row < positions.length; row++) {
            numbers[positions[row] - first] = row;
        }
        return numbers;
    }

    /** The number of the row at a position of the file; negative if the batch has it not. */
    int numberOf(int position) {
        int at = position - positions[0];
        if (at < 0 || position > positions[positions.length - 1]) {
            return -1;
        }
        if (numbers.length > 0) {
            return numbers[at];
        }
        return isGapless() ? at : Arrays.binarySearch(positions, position);
    }

    private boolean isGapless() {
        return positions[positions.length - 1] - positions[0] == positions.length - 1;
    }

    /** Links of the file among the rows of the batch. */
    Links of(Links ofFile) {
        if (!ofFile.isSingle()) {
            return ofRepeated(ofFile);
        }
        int[] all = ofFile.firstParents();
        int[] parents = new int[positions.length];
        if (isGapless()) {
            int from = positions[0];
            for (int row = 0; row < parents.length; row++) {
                int parent = all[from + row];
                int number = parent - from;
                parents[row] = parent < 0 ? parent : number >= 0 && number < parents.length ? number : Links.ABSENT;
            }
        } else {
            for (int row = 0; row < parents.length; row++) {
                int parent = all[positions[row]];
                int number = parent < 0 ? parent : numberOf(parent);
                parents[row] = parent >= 0 && number < 0 ? Links.ABSENT : number;
            }
        }
        return Links.ofSingle(parents);
    }

    private Links ofRepeated(Links ofFile) {
        int[] first = new int[positions.length];
        int[] sameKey = new int[positions.length];
        Arrays.fill(sameKey, Links.NONE);
        for (int row = 0; row < first.length; row++) {
            int position = positions[row];
            int last = -1;
            first[row] = ofFile.parent(position) == Links.NONE ? Links.NONE : Links.ABSENT;
            for (int i = 0; i < ofFile.parentCount(position); i++) {
                int number = numberOf(ofFile.parent(position, i));
                if (number >= 0) {
                    if (last < 0) {
                        first[row] = number;
                    } else {
                        sameKey[last] = number;
                    }
                    last = number;
                }
            }
        }
        return Links.ofChains(first, sameKey);
    }

    /** A column of the batch that is null where the file's is, and tells nothing else. */
    Vector presence(NullMask ofFile) {
        if (ofFile.isEmpty()) {
            return new Vector.ConstantVector(Value.TRUE, positions.length);
        }
        long[] nulls = new long[(positions.length + Long.SIZE - 1) / Long.SIZE];
        for (int row = 0; row < positions.length; row++) {
            nulls[row >> 6] |= ofFile.isNull(positions[row]) ? 1L << row : 0;
        }
        return new Vector.BooleanVector(new boolean[positions.length], NullMask.ofWords(nulls));
    }
}
