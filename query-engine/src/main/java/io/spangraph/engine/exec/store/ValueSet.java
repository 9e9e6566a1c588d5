package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.Vector;

/**
 * The different values of one column. Counting them needs no number for each row: of a dictionary each entry is looked up
 * once, and a row only asks whether its entry was.
 */
public final class ValueSet {
    private final ColumnCodes values;

    public ValueSet(HeldMemory memory) {
        this.values = new ColumnCodes(memory);
    }

    /**
     * Adds rows of a vector.
     *
     * @param whole whether the positions are all rows of the vector from the first on
     */
    public void add(Vector vector, int[] positions, boolean whole) {
        values.add(vector, positions, whole);
    }

    public void addAll(ValueSet other) {
        values.addAll(other.values);
    }

    /** How many different values were added, null not counted. */
    public int presentValues() {
        return values.size() - (values.holdsNull() ? 1 : 0);
    }
}
