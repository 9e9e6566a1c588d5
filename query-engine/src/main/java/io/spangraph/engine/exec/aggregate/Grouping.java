package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import java.util.List;

/**
 * What an aggregation groups by and computes.
 *
 * @param keys in the order of the output; those that tell groups apart, and those that are carried along
 * @param layout of the output: the keys, then the aggregates
 */
public record Grouping(List<GroupColumn> keys, List<AggregateSpec> aggregates, RowLayout layout) {
    public Grouping {
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
        if (layout.width() != keys.size() + aggregates.size()) {
            throw new IllegalArgumentException(
                    keys.size() + " keys and " + aggregates.size() + " aggregates for the row " + layout);
        }
    }

    int identityWidth() {
        return (int) keys.stream().filter(GroupColumn::identity).count();
    }

    /** Whether one column alone tells groups apart, and nothing is carried along: no two groups are alike in it. */
    boolean hasOneKey() {
        return keys.size() == 1 && keys.getFirst().identity();
    }

    /** Positions of the columns that tell groups apart. */
    int[] identityPositions() {
        return keys.stream()
                .filter(GroupColumn::identity)
                .mapToInt(GroupColumn::position)
                .toArray();
    }

    /** Whether what is held of a group grows with its rows. */
    boolean growsWithRows() {
        return aggregates.stream()
                .anyMatch(aggregate -> aggregate.distinct()
                        || switch (aggregate.function()) {
                            case COLLECT, COLLECT_ROWS, PERCENTILE_CONT, PERCENTILE_DISC -> true;
                            case COUNT_ROWS, COUNT, SUM, AVG, MIN, MAX, STDEV, STDEVP -> false;
                        });
    }

    /** The columns that tell groups apart. */
    List<Vector> identity(RowBatch rows) {
        return keys.stream()
                .filter(GroupColumn::identity)
                .map(key -> rows.column(key.position()))
                .toList();
    }

    /** All key columns. */
    List<Vector> keyColumns(RowBatch rows) {
        return keys.stream().map(key -> rows.column(key.position())).toList();
    }
}
