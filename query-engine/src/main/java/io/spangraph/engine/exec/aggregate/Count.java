package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code count(x)}: every row counts where x is not null. */
final class Count extends Accumulator {
    private long[] counts = new long[0];

    Count(HeldMemory memory) {
        super(memory, Long.BYTES);
    }

    @Override
    void add(List<Vector> arguments, GroupedRows rows) {
        Vector counted = arguments.getFirst();
        if (counted instanceof DictionaryVector(int[] codes, List<?> dictionary)) {
            addCodes(codes, rows);
            return;
        }
        Optional<NullMask> nulls = NullMasks.of(counted);
        if (nulls.isPresent()) {
            CountRows.add(counts, nulls.get(), rows);
            return;
        }
        if (counted instanceof ConstantVector constant) {
            if (!constant.constant().isNull()) {
                CountRows.add(counts, NullMask.NONE, rows);
            }
            return;
        }
        for (int i = 0; i < rows.count(); i++) {
            if (!counted.isNull(rows.positions()[i])) {
                counts[rows.groups()[i]]++;
            }
        }
    }

    private void addCodes(int[] codes, GroupedRows rows) {
        int[] positions = rows.positions();
        int[] groups = rows.groups();
        for (int i = 0; i < rows.count(); i++) {
            // The code of null is -1.
            counts[groups[i]] += (codes[positions[i]] >>> 31) ^ 1;
        }
    }

    @Override
    void merge(Accumulator other, int count, int[] groupOf) {
        CountRows.merge(counts, ((Count) other).counts, count, groupOf);
    }

    @Override
    Vector result(int from, int to) {
        return new Vector.LongVector(Arrays.copyOfRange(counts, from, to), NullMask.NONE, Vector.LongKind.INTEGER);
    }

    @Override
    void grow(int newCapacity) {
        counts = Arrays.copyOf(counts, newCapacity);
    }
}
