package io.spangraph.engine.reference;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Aggregates over the rows of one group. */
final class ReferenceAggregates {
    private final ReferenceExpressions expressions;

    ReferenceAggregates(ReferenceExpressions expressions) {
        this.expressions = expressions;
    }

    Value aggregate(AggregateCall call, List<ReferenceRow> group) {
        return switch (call.function()) {
            case COUNT_ROWS -> Value.of((long) group.size());
            case COUNT -> Value.of((long) values(call, group, true).size());
            case SUM -> sum(values(call, group, false));
            case AVG -> {
                List<Value> values = values(call, group, false);
                yield values.isEmpty()
                        ? Value.NULL
                        : values.getFirst() instanceof Value.DurationValue
                                ? ReferenceArithmetic.ofQuery(
                                        ArithmeticOperator.DIVIDE, sum(values), Value.of((long) values.size()))
                                : Value.of(mean(values));
            }
            case MIN ->
                values(call, group, false).stream().min(Values::compareForOrder).orElse(Value.NULL);
            case MAX ->
                values(call, group, false).stream().max(Values::compareForOrder).orElse(Value.NULL);
            case COLLECT -> Value.of(values(call, group, false));
            case COLLECT_ROWS ->
                Value.of(group.stream()
                        .map(row -> expressions.evaluate(call.arguments().getFirst(), row))
                        .toList());
            case STDEV -> deviation(values(call, group, false), 1);
            case STDEVP -> deviation(values(call, group, false), 0);
            case PERCENTILE_CONT -> percentile(call, group, true);
            case PERCENTILE_DISC -> percentile(call, group, false);
        };
    }

    /** The values that are not null; of a node or relationship its identity where that is enough. */
    private List<Value> values(AggregateCall call, List<ReferenceRow> group, boolean identities) {
        Expression argument = call.arguments().getFirst();
        List<Value> values = new ArrayList<>();
        for (ReferenceRow row : group) {
            Value value = identities ? expressions.identity(argument, row) : expressions.evaluate(argument, row);
            boolean repeated = call.distinct() && values.stream().anyMatch(other -> Values.equivalent(other, value));
            if (!value.isNull() && !repeated) {
                values.add(value);
            }
        }
        return values;
    }

    private static Value sum(List<Value> values) {
        boolean durations = !values.isEmpty() && values.getFirst() instanceof Value.DurationValue;
        Value sum = durations ? new Value.DurationValue(0, 0, 0, 0) : Value.of(0L);
        for (Value value : values) {
            if (durations ? !(value instanceof Value.DurationValue) : !ReferenceArithmetic.isNumber(value)) {
                throw ReferenceErrors.typeError("a number", value);
            }
            sum = ReferenceArithmetic.ofQuery(ArithmeticOperator.ADD, sum, value);
        }
        return sum;
    }

    private static double mean(List<Value> values) {
        double sum = 0;
        for (Value value : values) {
            sum += ReferenceArithmetic.toDouble(value);
        }
        return sum / values.size();
    }

    private static Value deviation(List<Value> values, int missingDegrees) {
        if (values.size() <= missingDegrees) {
            return Value.of(0.0);
        }
        double mean = mean(values);
        double squares = 0;
        for (Value value : values) {
            squares += Math.pow(ReferenceArithmetic.toDouble(value) - mean, 2);
        }
        return Value.of(Math.sqrt(squares / (values.size() - missingDegrees)));
    }

    private Value percentile(AggregateCall call, List<ReferenceRow> group, boolean interpolated) {
        List<Value> sorted = new ArrayList<>(values(call, group, false));
        if (sorted.isEmpty()) {
            return Value.NULL;
        }
        sorted.sort(Comparator.comparingDouble(ReferenceArithmetic::toDouble));
        double rank = ReferenceArithmetic.toDouble(
                expressions.evaluate(call.arguments().get(1), group.getFirst()));
        if (!interpolated) {
            int position = (int) Math.ceil(rank * sorted.size()) - 1;
            return sorted.get(Math.max(0, position));
        }
        double position = rank * (sorted.size() - 1);
        double below = ReferenceArithmetic.toDouble(sorted.get((int) Math.floor(position)));
        double above = ReferenceArithmetic.toDouble(sorted.get((int) Math.ceil(position)));
        return Value.of(below + (above - below) * (position - Math.floor(position)));
    }
}
