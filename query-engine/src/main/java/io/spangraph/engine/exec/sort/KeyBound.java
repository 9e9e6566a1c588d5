package io.spangraph.engine.exec.sort;

import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.Arrays;

/**
 * The first key of the last row that is still among the first ones: a row whose first key comes after it cannot be.
 *
 * @param key one row
 */
record KeyBound(Vector key, boolean descending) {

    /** Those of the rows whose key does not come after the bound. */
    int[] notWorse(Vector candidates, int[] positions) {
        if (key.isNull(0)) {
            return general(candidates, positions);
        }
        if (candidates instanceof LongVector longs && key instanceof LongVector bound && longs.kind() == bound.kind()) {
            return longs(longs, bound.values()[0], positions);
        }
        if (candidates instanceof DoubleVector doubles && key instanceof DoubleVector bound) {
            return doubles(doubles, bound.values()[0], positions);
        }
        return general(candidates, positions);
    }

    private int[] longs(LongVector candidates, long bound, int[] positions) {
        int[] kept = new int[positions.length];
        int count = 0;
        for (int position : positions) {
            // Null is the largest.
            boolean stays = candidates.isNull(position)
                    ? descending
                    : descending
                            ? candidates.values()[position] >= bound
                            : candidates.values()[position] <= bound;
            if (stays) {
                kept[count++] = position;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private int[] doubles(DoubleVector candidates, double bound, int[] positions) {
        int[] kept = new int[positions.length];
        int count = 0;
        for (int position : positions) {
            double candidate = candidates.values()[position];
            int order = candidates.isNull(position) ? 1 : candidate == bound ? 0 : Double.compare(candidate, bound);
            if (descending ? order >= 0 : order <= 0) {
                kept[count++] = position;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private int[] general(Vector candidates, int[] positions) {
        Value bound = key.value(0);
        int[] kept = new int[positions.length];
        int count = 0;
        for (int position : positions) {
            int order = Values.compareForOrder(candidates.value(position), bound);
            if (descending ? order >= 0 : order <= 0) {
                kept[count++] = position;
            }
        }
        return Arrays.copyOf(kept, count);
    }
}
