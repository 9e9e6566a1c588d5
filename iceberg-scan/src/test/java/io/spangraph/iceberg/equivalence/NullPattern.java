package io.spangraph.iceberg.equivalence;

import java.util.Random;

/** Which rows of a column are null. */
enum NullPattern {
    NONE,
    FEW,
    HALF,
    RUNS,
    ALL;

    boolean isNull(Random random, int row) {
        return switch (this) {
            case NONE -> false;
            case FEW -> random.nextInt(20) == 0;
            case HALF -> random.nextBoolean();
            case RUNS -> row / 37 % 2 == 1;
            case ALL -> true;
        };
    }
}
