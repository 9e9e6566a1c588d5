package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.row.ColumnId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A pattern whose edges stay inside scopes of one table: which rows each of its variables may be bound to, and how one
 * leads to the next.
 *
 * @param scopes reads the scope key and row references of all rows that a side may be bound to
 * @param rows reads all base columns that are needed of the same rows, and row references
 * @param scope base columns of the scope key
 * @param links by which keys rows belong together
 * @param sides what rows each variable may be bound to; the pattern starts at the first
 */
public record ScopePattern(
        TableScan scopes,
        TableScan rows,
        List<String> scope,
        List<LinkKeys> links,
        List<ScanTemplate> sides,
        List<Step> steps) {
    public ScopePattern {
        scope = List.copyOf(scope);
        links = List.copyOf(links);
        sides = List.copyOf(sides);
        steps = List.copyOf(steps);
    }

    /**
     * The base columns of a row's key, and those of its parent's key.
     *
     * @param foreign as many as the key has
     */
    public record LinkKeys(List<String> key, List<String> foreign) {
        public LinkKeys {
            key = List.copyOf(key);
            foreign = List.copyOf(foreign);
        }
    }

    /** What is done with the rows of a scope, one step after the other. */
    public sealed interface Step {
        /** Binds a side to the rows at the other end of an edge. */
        record Hop(int from, int to, Way way, int links) implements Step {}

        /**
         * Binds a side to the rows at the ends of all walks over edges that stand on the rows of children.
         *
         * @param edge the side whose rows are edges
         * @param step the side whose rows a walk may pass through
         * @param sameKeyIsSameEdge whether rows with one key are one edge
         */
        record Walk(
                int from,
                int edge,
                int step,
                int to,
                Way way,
                int min,
                OptionalInt max,
                int links,
                boolean sameKeyIsSameEdge)
                implements Step {}

        /** @param reads the columns that the condition is evaluated over */
        record Keep(Expression condition, List<ColumnId> reads) implements Step {
            public Keep {
                reads = List.copyOf(reads);
            }
        }

        /** Keeps what the steps find something for; negated, what they find nothing for. */
        record Exists(boolean negated, List<Step> steps) implements Step {
            public Exists {
                steps = List.copyOf(steps);
            }
        }

        /** What the steps find; where they find nothing, what was there, with the sides that they bind left empty. */
        record Optionally(List<Step> steps) implements Step {
            public Optionally {
                steps = List.copyOf(steps);
            }
        }
    }

    /** From which end an edge is followed. */
    public enum Way {
        /** Both ends are one row. */
        SAME_ROW,
        TO_PARENT,
        TO_CHILDREN
    }

    /** Everything that is read or looked at, for whoever checks what a plan may see. */
    List<ScanTemplate> templates() {
        return Stream.concat(Stream.of(scopes.template(), rows.template()), sides.stream())
                .toList();
    }

    /** The columns of all sides, side by side. */
    public List<ColumnId> columns() {
        List<ColumnId> columns = new ArrayList<>();
        sides.forEach(side -> side.columns().forEach(column -> columns.add(column.id())));
        return columns;
    }
}
