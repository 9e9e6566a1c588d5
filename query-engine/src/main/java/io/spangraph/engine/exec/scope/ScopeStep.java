package io.spangraph.engine.exec.scope;

import io.spangraph.engine.exec.expression.CompiledExpression;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What is done with the rows of a block, one step after the other. Each variable of a pattern is a side: a row number. */
public sealed interface ScopeStep {
    /** Binds a side to the rows that stand at the other end of an edge from the row of another side. */
    record Hop(int from, int to, Way way, int links) implements ScopeStep {}

    /**
     * Binds a side to the rows at the ends of all walks from the row of another side. An edge stands on the row of its
     * child, and no walk has one twice.
     *
     * @param edge the side whose rows are edges
     * @param step the side whose rows a walk may pass through
     * @param min fewest edges
     * @param max most edges; any number where it is the largest integer
     * @param sameKeyIsSameEdge whether rows with one key are one edge
     */
    record Walk(int from, int edge, int step, int to, Way way, int min, int max, int links, boolean sameKeyIsSameEdge)
            implements ScopeStep {}

    /** How a hop finds rows. */
    enum Way {
        /** Both sides are one row: the edge stands on the vertex's row. */
        SAME_ROW,
        TO_PARENT,
        TO_CHILDREN
    }

    /**
     * Keeps what satisfies a condition.
     *
     * @param reads what the condition is evaluated over, in the order of its layout
     */
    record Keep(CompiledExpression condition, List<ScopeSpec.SideColumn> reads) implements ScopeStep {
        public Keep {
            reads = List.copyOf(reads);
        }
    }

    /** Keeps what these steps find something for, or what they find nothing for. */
    record Exists(boolean negated, List<ScopeStep> steps) implements ScopeStep {
        public Exists {
            steps = List.copyOf(steps);
        }
    }

    /** What these steps find; where they find nothing, what was there, with {@link Tuples#NO_ROW} for what they bind. */
    record Optionally(List<ScopeStep> steps) implements ScopeStep {
        public Optionally {
            steps = List.copyOf(steps);
        }

        /** The sides that have rows of these steps. */
        int[] binds() {
            return steps.stream().flatMapToInt(Optionally::binds).toArray();
        }

        private static IntStream binds(ScopeStep step) {
            return switch (step) {
                case Hop hop -> IntStream.of(hop.to());
                case Walk walk -> IntStream.of(walk.to());
                case Optionally inner -> Arrays.stream(inner.binds());
                case Keep keep -> IntStream.empty();
                case Exists exists -> IntStream.empty();
            };
        }
    }
}
