package io.spangraph.cypher.ast;

import io.spangraph.engine.plan.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A path pattern: a node, and hops to further nodes.
 *
 * @param path the name given to the whole path
 * @param selector which of the paths between its ends are meant
 */
public record AstPattern(
        Optional<AstExpression.Name> path, Selector selector, NodePattern first, List<Hop> hops, Place place) {
    public AstPattern {
        hops = List.copyOf(hops);
    }

    /** The expressions inside the pattern: values of properties and conditions. */
    public List<AstExpression> expressions() {
        List<AstExpression> found = new ArrayList<>();
        collect(first.properties(), first.where(), found);
        for (Hop hop : hops) {
            collect(hop.relationship().properties(), hop.relationship().where(), found);
            collect(hop.node().properties(), hop.node().where(), found);
        }
        return found;
    }

    /** The nodes and relationships that the pattern names. */
    public List<AstExpression.Name> names() {
        List<AstExpression.Name> found = new ArrayList<>();
        first.name().ifPresent(found::add);
        for (Hop hop : hops) {
            hop.relationship().name().ifPresent(found::add);
            hop.node().name().ifPresent(found::add);
        }
        return found;
    }

    private static void collect(
            List<AstExpression.Entry> properties, Optional<AstExpression> where, List<AstExpression> found) {
        properties.forEach(entry -> found.add(entry.value()));
        where.ifPresent(found::add);
    }

    /** Which paths between the ends of a pattern match it. */
    public enum Selector {
        ALL,
        /** {@code shortestPath(...)}: one of the shortest. */
        SHORTEST,
        /** {@code allShortestPaths(...)}. */
        ALL_SHORTEST
    }

    /** A relationship and the node that it leads to. */
    public record Hop(RelationshipPattern relationship, NodePattern node) {}

    /** {@code (name:labels {key: value} WHERE condition)}. */
    public record NodePattern(
            Optional<AstExpression.Name> name,
            Optional<AstLabels> labels,
            List<AstExpression.Entry> properties,
            Optional<AstExpression> where,
            Place place) {
        public NodePattern {
            properties = List.copyOf(properties);
        }
    }

    /** {@code -[name:types*1..3 {key: value} WHERE condition]->}. */
    public record RelationshipPattern(
            Optional<AstExpression.Name> name,
            Optional<AstLabels> types,
            Optional<Length> length,
            List<AstExpression.Entry> properties,
            Optional<AstExpression> where,
            Direction direction,
            Place place) {
        public RelationshipPattern {
            properties = List.copyOf(properties);
        }
    }

    /** How many relationships a variable-length pattern walks. */
    public record Length(int min, OptionalInt max) {}
}
