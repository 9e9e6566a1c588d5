package io.spangraph.engine.exec.scope;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.scan.ScanRows;
import io.spangraph.engine.row.RowLayout;
import java.util.List;
import java.util.Optional;

/**
 * A scan of scopes with everything that one thread needs of it. All expressions but those of steps are over base rows.
 *
 * @param scope the parts of the scope key
 * @param links by which keys rows of one scope belong together
 * @param sides the first is where a pattern starts
 * @param output the columns of tuples that are gathered: those of the layout, or what their groups are made of
 */
public record ScopeSpec(
        List<CompiledExpression> scope,
        List<LinkKeys> links,
        List<Side> sides,
        List<ScopeStep> steps,
        List<SideColumn> output,
        Optional<GroupingSpec> grouping,
        RowLayout layout) {
    public ScopeSpec {
        scope = List.copyOf(scope);
        links = List.copyOf(links);
        sides = List.copyOf(sides);
        steps = List.copyOf(steps);
        output = List.copyOf(output);
    }

    /**
     * The key of a row, and that of its parent.
     *
     * @param foreign as many parts as the key
     */
    public record LinkKeys(List<CompiledExpression> key, List<CompiledExpression> foreign) {
        public LinkKeys {
            key = List.copyOf(key);
            foreign = List.copyOf(foreign);
        }
    }

    /**
     * What rows a variable of the pattern may be bound to.
     *
     * @param present positions of base columns that are null in none of them
     */
    public record Side(ScanRows rows, List<Integer> present) {
        public Side {
            present = List.copyOf(present);
        }
    }

    /** A column of a side. */
    public record SideColumn(int side, int column) {}
}
