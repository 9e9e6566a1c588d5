package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Comparison;
import io.spangraph.cypher.ast.AstExpression.HasLabels;
import io.spangraph.cypher.ast.AstExpression.In;
import io.spangraph.cypher.ast.AstExpression.IsNull;
import io.spangraph.cypher.ast.AstExpression.TextMatch;
import io.spangraph.cypher.ast.AstExpression.TypeTest;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.cypher.shaded.antlr.tree.TerminalNode;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.TextOperator;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ComparisonExpression6Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ExtendedWhenContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.LabelComparisonContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.NormalFormComparisonContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.NullComparisonContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.StringAndListComparisonContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.TypeComparisonContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.WhenAdvancedComparisonContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.WhenEqualsContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.WhenSimpleComparisonContext;

/** Reads tests of one operand, which also stand behind the WHEN of a simple CASE. */
final class ComparisonReader {
    private final ExpressionReader expressions;
    private final Names names;
    private final SourceText source;

    ComparisonReader(ExpressionReader expressions, Names names, SourceText source) {
        this.expressions = expressions;
        this.names = names;
        this.source = source;
    }

    AstExpression test(AstExpression operand, ComparisonExpression6Context context, Place place) {
        return switch (context) {
            case StringAndListComparisonContext comparison -> textOrList(operand, comparison, place);
            case NullComparisonContext isNull -> new IsNull(operand, isNull.NOT() != null, place);
            case LabelComparisonContext labels ->
                new HasLabels(operand, names.labels(labels.labelExpression4()), labels.NOT() != null, place);
            case TypeComparisonContext type ->
                new TypeTest(operand, new TypeReader(source).type(type.type()), type.NOT() != null, place);
            case NormalFormComparisonContext form -> normalized(operand, form, place);
            default -> throw expressions.unsupported("This comparison", false, context);
        };
    }

    /** A text is in a normal form if making it so changes nothing. */
    private static AstExpression normalized(AstExpression operand, NormalFormComparisonContext context, Place place) {
        List<AstExpression> arguments = new ArrayList<>(List.of(operand));
        if (context.normalForm() != null) {
            arguments.add(
                    new AstExpression.Literal(Value.of(context.normalForm().getText()), place));
        }
        return new Comparison(
                List.of(operand, new AstExpression.Call("normalize", false, arguments, place)),
                List.of(context.NOT() == null ? CompareOperator.EQUAL : CompareOperator.NOT_EQUAL),
                place);
    }

    private AstExpression textOrList(AstExpression operand, StringAndListComparisonContext context, Place place) {
        AstExpression right = expressions.sum(context.expression6());
        if (context.IN() != null) {
            return new In(operand, source.literals().elements(operand, right), place);
        }
        TextOperator operator = context.STARTS() != null
                ? TextOperator.STARTS_WITH
                : context.ENDS() != null
                        ? TextOperator.ENDS_WITH
                        : context.CONTAINS() != null ? TextOperator.CONTAINS : TextOperator.MATCHES;
        // A pattern may be none, which is only seen when it is read.
        AstExpression pattern =
                operator == TextOperator.MATCHES ? right : source.literals().matched(operand, right);
        return new TextMatch(operator, operand, pattern, place);
    }

    /** What a WHEN of a simple CASE asks of the operand. */
    AstExpression when(AstExpression operand, ExtendedWhenContext context) {
        Place place = source.place(context);
        return switch (context) {
            case WhenEqualsContext equal ->
                new Comparison(
                        List.of(operand, expressions.expression(equal.expression())),
                        List.of(CompareOperator.EQUAL),
                        place);
            case WhenSimpleComparisonContext comparison ->
                new Comparison(
                        List.of(operand, expressions.tested(comparison.expression7())),
                        List.of(operator(((TerminalNode) comparison.getChild(0)).getSymbol())),
                        place);
            case WhenAdvancedComparisonContext advanced -> test(operand, advanced.comparisonExpression6(), place);
            default -> throw expressions.unsupported("This form of WHEN", false, context);
        };
    }

    CompareOperator operator(Token sign) {
        return switch (sign.getType()) {
            case Cypher25Lexer.EQ -> CompareOperator.EQUAL;
            case Cypher25Lexer.NEQ -> CompareOperator.NOT_EQUAL;
            case Cypher25Lexer.LT -> CompareOperator.LESS;
            case Cypher25Lexer.LE -> CompareOperator.LESS_OR_EQUAL;
            case Cypher25Lexer.GT -> CompareOperator.GREATER;
            case Cypher25Lexer.GE -> CompareOperator.GREATER_OR_EQUAL;
            default ->
                throw CypherErrors.syntax(
                        "Unknown operator '" + sign.getText() + "'; Cypher's operator for inequality is '<>'",
                        source.position(sign));
        };
    }
}
