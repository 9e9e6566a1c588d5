package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstPattern.Length;
import io.spangraph.cypher.ast.AstPattern.Selector;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.Direction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A path pattern whose names are resolved: one node more than hops.
 *
 * @param nodes a variable of kind VALUE is one that may hold a node
 */
record PlannedPattern(Selector selector, List<Variable> nodes, List<PlannedHop> hops) {
    PlannedPattern {
        nodes = List.copyOf(nodes);
        hops = List.copyOf(hops);
    }

    /**
     * A relationship between two neighbouring nodes, seen from left to right.
     *
     * @param single the variable of one relationship
     * @param walk the list of relationships of a pattern of variable length
     * @param ordered whether somebody sees the order of that list
     * @param between the list of all nodes of the walk, both ends included, if somebody asks for it
     * @param conditions on each relationship of a pattern of variable length
     */
    record PlannedHop(
            Variable single,
            Optional<Variable> walk,
            boolean ordered,
            Optional<Variable> between,
            Set<String> types,
            Direction direction,
            Optional<Length> length,
            List<Expression> conditions) {
        PlannedHop {
            types = Set.copyOf(types);
            conditions = List.copyOf(conditions);
        }

        /** The same hop with the conditions that were bound after its names. */
        PlannedHop withConditions(List<Expression> bound) {
            return new PlannedHop(single, walk, ordered, between, types, direction, length, bound);
        }

        /** What is unique within a MATCH. */
        Variable binding() {
            return walk.orElse(single);
        }

        /** False when no relationship can be of a type of both. */
        boolean mayMeet(PlannedHop other) {
            return types.isEmpty() || other.types.isEmpty() || types.stream().anyMatch(other.types::contains);
        }
    }
}
