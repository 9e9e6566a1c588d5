package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.join.KeyReceiver;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowLayout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What walks to find, and how edges meet vertices. Columns are named, not numbered: each is looked up in the layout of the
 * operator that provides it.
 *
 * @param from where walks start, bound by the input
 * @param relationship a single edge, bound by the edges; they provide its type name, tenant and key, which are its
 *     identity, {@code Reversed} where there are kinds of both directions, and the edge's side of all key parts
 * @param step a vertex in between, bound by the steps
 * @param to where walks end, bound by the target
 * @param min fewest edges; with 0 a start that is among the targets (as the same row) is a walk too
 * @param max most edges; empty: no bound but that no edge is walked twice
 * @param kinds the edges that may be walked; others are ignored
 * @param walk there if somebody asks for the list of relationships
 * @param between there if somebody asks for the list of nodes
 * @param output the columns of the operator's rows, each of the input, of the target, or one of the lists
 */
public record WalkSpec(
        Variable from,
        Variable relationship,
        Variable step,
        Variable to,
        int min,
        OptionalInt max,
        List<EdgeKind> kinds,
        Optional<WalkList> walk,
        Optional<NodeList> between,
        List<Narrowing> narrowings,
        RowLayout output) {

    public WalkSpec {
        kinds = List.copyOf(kinds);
        narrowings = List.copyOf(narrowings);
        if (min < 0 || max.isPresent() && max.getAsInt() < 0) {
            throw new IllegalArgumentException("walks of " + min + " to " + max + " edges");
        }
    }

    /** Whether a walk can pass through a vertex; if not, the steps are not read. */
    boolean hasSteps() {
        return max.isEmpty() || max.getAsInt() > 1;
    }

    /**
     * The edges of one type in one direction.
     *
     * @param edgeType as the edges' type name says it
     * @param reversed as {@code Reversed} says it; without that column it must be the same for all kinds of a type
     */
    public record EdgeKind(String edgeType, boolean reversed, EndMatch near, EndMatch far) {}

    /**
     * How an edge finds the vertices at one of its ends: those rows of the type for which all parts are equal. An edge on
     * the vertex's own row has the one part {@code (Row, Row)}; otherwise the parts are the tenants (if both have one), the
     * key, and the scope's key. A null never matches.
     */
    public record EndMatch(String vertexType, List<KeyPart> key) {
        public EndMatch {
            key = List.copyOf(key);
            if (key.isEmpty()) {
                throw new IllegalArgumentException("an edge needs a key to find a " + vertexType);
            }
        }
    }

    /** A field of the edge that must equal a field of the vertex. */
    public record KeyPart(EntityField edge, EntityField vertex) {}

    /**
     * The list of the relationships walked.
     *
     * @param relationship over the edges' layout: the edge as a value
     */
    public record WalkList(ColumnId column, CompiledExpression relationship) {}

    /**
     * The list of all nodes, both ends included.
     *
     * @param from over the input's layout: the start as a value
     * @param step over the steps' layout
     * @param to over the target's layout
     */
    public record NodeList(ColumnId column, CompiledExpression from, CompiledExpression step, CompiledExpression to) {}

    /**
     * A column of a scan that in every walk equals a column of the start: a part of the scope's key, if all kinds of edges
     * that lead to the scan's rows have that scope. The scan is narrowed to the values that the input has, if they are few.
     *
     * @param inputColumn a column of the input
     * @param receiver a scan among the edges, steps or targets
     * @param baseColumn the scan's column that must hold one of the values
     */
    public record Narrowing(ColumnId inputColumn, KeyReceiver receiver, String baseColumn) {}
}
