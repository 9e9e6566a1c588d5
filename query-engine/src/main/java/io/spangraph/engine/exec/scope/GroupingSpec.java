package io.spangraph.engine.exec.scope;

import io.spangraph.engine.exec.aggregate.AggregateSpec;
import io.spangraph.engine.exec.expression.CompiledExpression;
import java.util.List;

/**
 * How the tuples of a block become groups: by the row of a side, and by values beside it.
 *
 * @param side tuples with different rows of it are of different groups; it is bound in each
 * @param rows sides whose row numbers are columns, behind those that are gathered; null where a side has no row
 * @param projections what is computed of the gathered columns, one after the other; the last one gives the items
 * @param values positions of items that tell groups of one row apart
 * @param output positions of items that a group has from its first tuple; the aggregates follow
 * @param aggregates over the items
 */
public record GroupingSpec(
        int side,
        List<Integer> rows,
        List<List<CompiledExpression>> projections,
        List<Integer> values,
        List<Integer> output,
        List<AggregateSpec> aggregates) {
    public GroupingSpec {
        rows = List.copyOf(rows);
        projections = projections.stream().map(List::copyOf).toList();
        values = List.copyOf(values);
        output = List.copyOf(output);
        aggregates = List.copyOf(aggregates);
    }
}
