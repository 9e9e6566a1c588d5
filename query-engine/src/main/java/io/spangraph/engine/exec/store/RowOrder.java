package io.spangraph.engine.exec.store;

/** An order of stored rows by their numbers. Primitive, because a sort compares millions of times. */
@FunctionalInterface
public interface RowOrder {
    int compare(int left, int right);

    /** This order, and the other where this one finds no difference. */
    default RowOrder then(RowOrder other) {
        return (left, right) -> {
            int order = compare(left, right);
            return order != 0 ? order : other.compare(left, right);
        };
    }
}
