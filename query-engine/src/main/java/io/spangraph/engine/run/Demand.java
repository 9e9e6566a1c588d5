package io.spangraph.engine.run;

/** How much of its rows is wanted of a part of a plan, which decides whether it is read ahead of what is asked for. */
enum Demand {
    /** All of them. */
    ALL,
    /** Perhaps only the first few: what nobody asks for is not to be read. */
    FIRST,
    /** All of them, for each of the rows outside of a subquery. */
    PER_OUTER_ROW;

    /** The demand on an input of an operator on which there is this one. */
    Demand on(Demand input) {
        return this == PER_OUTER_ROW ? this : input;
    }
}
