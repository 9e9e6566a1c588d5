package io.spangraph.iceberg.equivalence;

import java.util.Random;

/** How the values of a column follow each other. The numbers stand for values, equal ones for equal values. */
enum ValuePattern {
    CONSTANT {
        @Override
        long number(Random random, int row, int rows) {
            return 7;
        }
    },
    FEW {
        @Override
        long number(Random random, int row, int rows) {
            return random.nextInt(5);
        }
    },
    UNIQUE {
        @Override
        long number(Random random, int row, int rows) {
            return row * 0x9E3779B97F4A7C15L;
        }
    },
    SORTED {
        @Override
        long number(Random random, int row, int rows) {
            return row / 3 - 20L;
        }
    },
    RUNS {
        @Override
        long number(Random random, int row, int rows) {
            return row / 40 % 3;
        }
    },
    /** Few values at first, ever new ones later: a dictionary that does not last. */
    DRIFTING {
        @Override
        long number(Random random, int row, int rows) {
            return row < rows / 3 ? random.nextInt(3) : row;
        }
    },
    EXTREMES {
        @Override
        long number(Random random, int row, int rows) {
            return random.nextInt(4) == 0 ? random.nextInt(50) : EXTREME + random.nextInt(100);
        }
    };

    /** Numbers from here on stand for the extremes of a type. */
    static final long EXTREME = Long.MAX_VALUE - 100;

    abstract long number(Random random, int row, int rows);
}
