package io.spangraph.engine.physical;

import io.spangraph.engine.exec.walk.WalkSpec.EdgeKind;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What walks to find.
 *
 * @param walk the column of the list of relationships, where somebody asks for it
 * @param between the column of the list of nodes, where somebody asks for it
 */
public record WalkShape(
        Variable from,
        Variable relationship,
        Variable step,
        Variable to,
        int min,
        OptionalInt max,
        List<EdgeKind> kinds,
        Optional<ColumnId> walk,
        Optional<ColumnId> between) {
    public WalkShape {
        kinds = List.copyOf(kinds);
    }
}
