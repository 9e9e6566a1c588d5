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

/** Reads the patterns of MATCH. */
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
        if (context.anonymousPattern().shortestPathPattern() != null) {
            throw unsupported("shortestPath() and allShortestPaths()", context.anonymousPattern());
        }
        PatternElementContext element = context.anonymousPattern().patternElement();
        if (!element.parenthesizedPath().isEmpty()) {
            throw unsupported("Quantified path patterns", element.parenthesizedPath(0));
        }
        if (!element.quantifier().isEmpty()) {
            throw unsupported("Quantified path patterns", element.quantifier(0));
        }
        return path(
                Optional.ofNullable(context.variable()).map(names::variable),
                element.nodePattern(),
                element.relationshipPattern(),
                source.place(context));
    }

    /** A pattern that stands where an expression is expected. */
    AstPattern pattern(PathPatternNonEmptyContext context) {
        return path(Optional.empty(), context.nodePattern(), context.relationshipPattern(), source.place(context));
    }

    private AstPattern path(
            Optional<AstExpression.Name> name,
            List<NodePatternContext> nodes,
            List<RelationshipPatternContext> relationships,
            Place place) {
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < relationships.size(); i++) {
            hops.add(new Hop(relationship(relationships.get(i)), node(nodes.get(i + 1))));
        }
        return new AstPattern(name, node(nodes.getFirst()), hops, place);
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
        return map instanceof MapLiteral literal ? literal.entries() : List.of();
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
