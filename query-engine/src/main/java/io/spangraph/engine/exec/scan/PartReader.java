package io.spangraph.engine.exec.scan;

import io.spangraph.engine.exec.Operator;

/** Reads parts of a {@link PartSource} beside others. */
public interface PartReader extends Operator {
    /** Moves on to a part that no other operator reads; false when there is none left. */
    boolean nextPart();

    /** The number of the part that was read last, in the order of the table's rows. */
    long part();
}
