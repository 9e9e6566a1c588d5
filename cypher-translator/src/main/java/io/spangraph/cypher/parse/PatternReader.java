package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Entry;
import io.spangraph.cypher.ast.AstExpression.MapLiteral;
import io.spangraph.cypher.ast.AstLabels;
import io.spangraph.cypher.ast.AstPattern;
import io.spangraph.cypher.ast.AstPattern.Hop;
import io.spangraph.cypher.ast.AstPattern.Length;
import io.spangraph.cypher.ast.AstPattern.NodePattern;
import io.spangraph.cypher.ast.AstPattern.RelationshipPattern;
import io.spangraph.cypher.ast.AstPattern.Selector;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.ParserRuleContext;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.plan.Direction;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.IntegerValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.LabelExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.NodePatternContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PathLengthContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PathPatternNonEmptyContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PatternContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PatternElementContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PropertiesContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.RelationshipPatternContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShortestPathPatternContext;

/** Reads path patterns. */
final class PatternReader {
    private final SourceText source;
    private final Names names;
    private final ExpressionReader expressions;

    PatternReader(SourceText source, Names names, ExpressionReader expressions) {
        this.source = source;
        this.names = names;
        this.expressions = expressions;
    }

    AstPattern pattern(PatternContext context) {
        if (context.pathPatternPrefix() != null) {
            throw unsupported("Path selectors such as ANY SHORTEST", context.pathPatternPrefix());
        }
        Optional<AstExpression.Name> name =
                Optional.ofNullable(context.variable()).map(names::variable);
        if (context.anonymousPattern().shortestPathPattern() != null) {
            return shortest(name, context.anonymousPattern().shortestPathPattern(), source.place(context));
        }
        return path(name, Selector.ALL, context.anonymousPattern().patternElement(), source.place(context));
    }

    /** A pattern that stands where an expression is expected. */
    AstPattern pattern(Optional<AstExpression.Name> name, PathPatternNonEmptyContext context, Place place) {
        return path(name, Selector.ALL, context.nodePattern(), context.relationshipPattern(), place);
    }

    /** {@code shortestPath((a)-[*]-(b))} and {@code allShortestPaths(...)}: two nodes and what is walked between. */
    AstPattern shortest(Optional<AstExpression.Name> name, ShortestPathPatternContext context, Place place) {
        boolean all = context.ALL_SHORTEST_PATHS() != null;
        String function = all ? "allShortestPaths" : "shortestPath";
        AstPattern pattern =
                path(name, all ? Selector.ALL_SHORTEST : Selector.SHORTEST, context.patternElement(), place);
        if (pattern.hops().size() != 1) {
            throw CypherErrors.syntax(
                            function + "(...) requires a pattern containing a single relationship", place.position())
                    .withHint("Match what stands before and after the path as patterns of their own.");
        }
        RelationshipPattern walked = pattern.hops().getFirst().relationship();
        if (walked.length().isEmpty()) {
            throw CypherErrors.syntax(
                            function + "(...) requires a relationship of variable length",
                            walked.place().position())
                    .withHint("Write -[:TYPE*]- for any length, -[:TYPE*..5]- for at most 5 relationships.");
        }
        if (walked.length().get().min() > 1) {
            throw CypherErrors.syntax(
                            function + "(...) does not support a minimal length different from 0 or 1",
                            walked.place().position())
                    .withHint("Match the paths by -[:TYPE*"
                            + walked.length().get().min()
                            + "..]-, and take the first of them ordered by length(path).");
        }
        return pattern;
    }

    private AstPattern path(
            Optional<AstExpression.Name> name, Selector selector, PatternElementContext element, Place place) {
        if (!element.parenthesizedPath().isEmpty()) {
            throw quantified(element.parenthesizedPath(0));
        }
        if (!element.quantifier().isEmpty()) {
            throw quantified(element.quantifier(0));
        }
        return path(name, selector, element.nodePattern(), element.relationshipPattern(), place);
    }

    private QueryException quantified(ParserRuleContext context) {
        return unsupported("Quantified path patterns", context)
                .withHint("Relationships of one kind can be repeated in brackets: -[:TYPE*1..3]->.");
    }

    private AstPattern path(
            Optional<AstExpression.Name> name,
            Selector selector,
            List<NodePatternContext> nodes,
            List<RelationshipPatternContext> relationships,
            Place place) {
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < relationships.size(); i++) {
            hops.add(new Hop(relationship(relationships.get(i)), node(nodes.get(i + 1))));
        }
        return new AstPattern(name, selector, node(nodes.getFirst()), hops, place);
    }

    private NodePattern node(NodePatternContext context) {
        return new NodePattern(
                Optional.ofNullable(context.variable()).map(names::variable),
                labels(context.labelExpression()),
                properties(context.properties()),
                Optional.ofNullable(context.expression()).map(expressions::whole),
                source.place(context));
    }

    private RelationshipPattern relationship(RelationshipPatternContext context) {
        boolean left = context.leftArrow() != null;
        boolean right = context.rightArrow() != null;
        return new RelationshipPattern(
                Optional.ofNullable(context.variable()).map(names::variable),
                labels(context.labelExpression()),
                Optional.ofNullable(context.pathLength()).map(this::length),
                properties(context.properties()),
                Optional.ofNullable(context.expression()).map(expressions::whole),
                left == right ? Direction.BOTH : left ? Direction.INCOMING : Direction.OUTGOING,
                source.place(context));
    }

    private Optional<AstLabels> labels(@Nullable LabelExpressionContext context) {
        return Optional.ofNullable(context).map(present -> names.labels(present.labelExpression4()));
    }

    private List<Entry> properties(@Nullable PropertiesContext context) {
        if (context == null) {
            return List.of();
        }
        if (context.parameter() != null) {
            throw CypherErrors.syntax(
                    "Parameter maps cannot be used in MATCH patterns (use a literal map instead, e.g. {id: $param.id})",
                    source.position(context.getStart()));
        }
        AstExpression map = expressions.wholeMap(context.map());
        return map instanceof MapLiteral literal
                ? literal.entries().stream().map(this::open).toList()
                : List.of();
    }

    private Entry open(Entry entry) {
        return new Entry(entry.key(), source.literals().open(entry.value()), entry.place());
    }

    private Length length(PathLengthContext context) {
        if (context.single != null) {
            int exactly = hops(context.single);
            return new Length(exactly, OptionalInt.of(exactly));
        }
        int min = context.from == null ? 1 : hops(context.from);
        return new Length(min, context.to == null ? OptionalInt.empty() : OptionalInt.of(hops(context.to)));
    }

    private int hops(Token token) {
        Value value = Literals.integer(token.getText(), false, source.position(token));
        if (value instanceof IntegerValue(long count) && count <= Integer.MAX_VALUE) {
            return (int) count;
        }
        throw CypherErrors.syntax(
                "A path of " + token.getText() + " relationships is too long", source.position(token));
    }

    private QueryException unsupported(String what, ParserRuleContext context) {
        return CypherErrors.unsupported(what, true, source.position(context.getStart()));
    }
}
