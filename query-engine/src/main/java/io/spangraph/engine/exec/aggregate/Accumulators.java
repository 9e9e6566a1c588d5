package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;

/** Finds the state for an aggregate function, and words its type errors. */
final class Accumulators {
    private Accumulators() {}

    /**
     * The state of an aggregate.
     *
     * @param oneGroup there is one group only, from the start on
     * @param partial it will be merged into another one, and has no results of its own
     */
    static Accumulator of(
            AggregateSpec spec, HeldMemory memory, Cancellation cancellation, boolean oneGroup, boolean partial) {
        AggregateFunction function = spec.function();
        if (oneGroup
                && spec.distinct()
                && function == AggregateFunction.COUNT
                && spec.identity().isEmpty()) {
            return new DistinctCount(memory);
        }
        Accumulator all = switch (function) {
            case COUNT_ROWS -> new CountRows(memory);
            case COUNT -> new Count(memory);
            case SUM, AVG -> new Sum(function, memory);
            case MIN -> new Extreme(false, memory);
            case MAX -> new Extreme(true, memory);
            case COLLECT -> new Collect(false, memory);
            case COLLECT_ROWS -> new Collect(true, memory);
            case STDEV, STDEVP -> new StandardDeviation(function, memory);
            case PERCENTILE_CONT, PERCENTILE_DISC -> new Percentile(function, memory, cancellation);
        };
        return spec.distinct() ? new DistinctValues(all, spec, memory, partial) : all;
    }

    static QueryException wrongType(AggregateFunction function, Value value) {
        String wanted = switch (function) {
            case SUM, AVG ->
                "() cannot add a " + Values.typeName(value) + " (" + ValueText.excerpt(value)
                        + "): it takes numbers or durations.";
            case STDEV, STDEVP, PERCENTILE_CONT, PERCENTILE_DISC ->
                "() cannot take a " + Values.typeName(value) + " (" + ValueText.excerpt(value) + "): it takes numbers.";
            case COUNT_ROWS, COUNT, MIN, MAX, COLLECT, COLLECT_ROWS ->
                throw new IllegalStateException(function + " takes values of every type");
        };
        return QueryException.of(QueryErrorCode.TYPE_ERROR, function.spelling() + wanted);
    }
}
