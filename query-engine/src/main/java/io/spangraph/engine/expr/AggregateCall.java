package io.spangraph.engine.expr;

import java.util.List;

/**
 * An aggregate over the rows of a group.
 *
 * @param arguments the aggregated expression first; empty for {@code count(*)}
 * @param distinct each value counts once
 */
public record AggregateCall(AggregateFunction function, List<Expression> arguments, boolean distinct) {
    /** The aggregate functions. Nulls are skipped by all but {@link #COUNT_ROWS} and {@link #COLLECT_ROWS}. */
    public enum AggregateFunction {
        /** {@code count(*)}. */
        COUNT_ROWS("count", 0),
        COUNT("count", 1),
        /** 0 when there is nothing to sum. */
        SUM("sum", 1),
        AVG("avg", 1),
        MIN("min", 1),
        MAX("max", 1),
        COLLECT("collect", 1),
        /** As COLLECT, but with an element for each row, nulls too: what {@code COLLECT { }} gives. */
        COLLECT_ROWS("collect", 1),
        STDEV("stDev", 1),
        STDEVP("stDevP", 1),
        PERCENTILE_CONT("percentileCont", 2),
        PERCENTILE_DISC("percentileDisc", 2);

        private final String spelling;
        private final int arity;

        AggregateFunction(String spelling, int arity) {
            this.spelling = spelling;
            this.arity = arity;
        }

        /** The name as Cypher spells it. */
        public String spelling() {
            return spelling;
        }

        public int arity() {
            return arity;
        }
    }

    public AggregateCall {
        arguments = List.copyOf(arguments);
        if (arguments.size() != function.arity()) {
            throw new IllegalArgumentException(function.spelling() + " takes " + function.arity() + " argument(s)");
        }
    }
}
