package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.And;
import io.spangraph.cypher.ast.AstExpression.Arithmetic;
import io.spangraph.cypher.ast.AstExpression.Comparison;
import io.spangraph.cypher.ast.AstExpression.Not;
import io.spangraph.cypher.ast.AstExpression.Or;
import io.spangraph.cypher.ast.AstExpression.PropertyAccess;
import io.spangraph.cypher.ast.AstExpression.Signed;
import io.spangraph.cypher.ast.AstExpression.Slice;
import io.spangraph.cypher.ast.AstExpression.Subscript;
import io.spangraph.cypher.ast.AstExpression.Xor;
import io.spangraph.cypher.ast.AstWalk;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.ParserRuleContext;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.cypher.shaded.antlr.tree.ParseTree;
import io.spangraph.cypher.shaded.antlr.tree.TerminalNode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.Expression.CompareOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression10Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression11Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression2Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression3Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression4Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression5Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression6Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression7Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression8Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression9Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.IndexPostfixContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.MapContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PostFixContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PropertyPostfixContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.RangePostfixContext;

/** Reads expressions by the grammar's levels of precedence: operators here, what they work on in its helpers. */
final class ExpressionReader {
    private final SourceText source;
    private final int depth;
    private final ComparisonReader comparisons;
    private final AtomReader atoms;
    private final WrittenOut writtenOut = new WrittenOut();

    /** A reader of expressions that nest at most this deep. */
    ExpressionReader(SourceText source, int depth, SubqueryReader subqueries) {
        this.source = source;
        this.depth = depth;
        Names names = new Names(source, depth);
        this.comparisons = new ComparisonReader(this, names, source);
        this.atoms = new AtomReader(this, comparisons, subqueries, writtenOut, names, source);
    }

    /** An expression that is no part of another. */
    AstExpression whole(ExpressionContext context) {
        return checked(expression(context));
    }

    /** A map that is no part of another expression. */
    AstExpression wholeMap(MapContext context) {
        return checked(atoms.map(context));
    }

    private AstExpression checked(AstExpression expression) {
        if (AstWalk.isDeeperThan(expression, depth)) {
            throw tooDeep(expression.place());
        }
        return expression;
    }

    private QueryException tooDeep(Place place) {
        return CypherErrors.complexity("The expression nests deeper than " + depth + " operators", place.position());
    }

    AstExpression expression(ExpressionContext context) {
        return flat(context, context.expression11(), this::exclusive, Or::new);
    }

    private AstExpression exclusive(Expression11Context context) {
        // Unlike AND and OR, it is planned as a tree of pairs.
        if (context.expression10().size() > depth) {
            throw tooDeep(source.place(context));
        }
        return flat(context, context.expression10(), this::conjunction, Xor::new);
    }

    private AstExpression conjunction(Expression10Context context) {
        return flat(context, context.expression9(), this::negation, And::new);
    }

    private AstExpression negation(Expression9Context context) {
        AstExpression operand = comparison(context.expression8());
        // Two negations cancel out, but the operand must still be one that can be negated.
        for (int i = 0; i < Math.min(context.NOT().size(), 2 - context.NOT().size() % 2); i++) {
            operand = new Not(operand, source.place(context));
        }
        return operand;
    }

    private AstExpression comparison(Expression8Context context) {
        List<AstExpression> operands =
                context.expression7().stream().map(this::tested).toList();
        if (operands.size() == 1) {
            return operands.getFirst();
        }
        operands.subList(1, operands.size() - 1)
                .forEach(middle ->
                        writtenOut.add(middle, 2, source.place(context).position()));
        List<CompareOperator> operators = new ArrayList<>();
        for (ParseTree child : context.children) {
            if (child instanceof TerminalNode sign) {
                operators.add(comparisons.operator(sign.getSymbol()));
            }
        }
        return new Comparison(source.literals().compared(operands), operators, source.place(context));
    }

    AstExpression tested(Expression7Context context) {
        AstExpression operand = sum(context.expression6());
        return context.comparisonExpression6() == null
                ? operand
                : comparisons.test(operand, context.comparisonExpression6(), source.place(context));
    }

    AstExpression sum(Expression6Context context) {
        return leftToRight(context, child -> product((Expression5Context) child));
    }

    private AstExpression product(Expression5Context context) {
        return leftToRight(context, child -> power((Expression4Context) child));
    }

    private AstExpression power(Expression4Context context) {
        return leftToRight(context, child -> signed((Expression3Context) child));
    }

    private AstExpression signed(Expression3Context context) {
        boolean negative = context.MINUS() != null;
        if (!negative && context.PLUS() == null) {
            return postfixed(context.expression2());
        }
        Optional<AstExpression> literal = atoms.negativeNumber(context.expression2(), negative);
        return literal.orElseGet(() -> new Signed(postfixed(context.expression2()), negative, source.place(context)));
    }

    private AstExpression postfixed(Expression2Context context) {
        AstExpression subject = atoms.atom(context.expression1());
        for (PostFixContext postfix : context.postFix()) {
            subject = postfix(subject, postfix);
        }
        return subject;
    }

    private AstExpression postfix(AstExpression subject, PostFixContext context) {
        return switch (context) {
            case PropertyPostfixContext property -> {
                ParserRuleContext name = property.property().propertyKeyName();
                yield new PropertyAccess(subject, Literals.name(name.getText()), source.place(name));
            }
            case IndexPostfixContext index ->
                new Subscript(subject, expression(index.expression()), source.place(index));
            case RangePostfixContext range ->
                new Slice(
                        subject,
                        Optional.ofNullable(range.fromExp).map(this::expression),
                        Optional.ofNullable(range.toExp).map(this::expression),
                        source.place(range));
            default -> throw unsupported("This kind of access", false, context);
        };
    }

    private <C> AstExpression flat(
            ParserRuleContext context,
            List<C> operands,
            Function<C, AstExpression> reader,
            BiFunction<List<AstExpression>, Place, AstExpression> node) {
        return operands.size() == 1
                ? reader.apply(operands.getFirst())
                : node.apply(operands.stream().map(reader).toList(), source.place(context));
    }

    /** Operands and operators alternate among the children. */
    private AstExpression leftToRight(ParserRuleContext context, Function<ParseTree, AstExpression> reader) {
        AstExpression result = reader.apply(context.getChild(0));
        for (int i = 1; i + 1 < context.getChildCount(); i += 2) {
            Token sign = ((TerminalNode) context.getChild(i)).getSymbol();
            AstExpression right = reader.apply(context.getChild(i + 1));
            result = calculated(arithmetic(sign), result, right, source.place(sign));
        }
        return result;
    }

    private Arithmetic calculated(ArithmeticOperator operator, AstExpression left, AstExpression right, Place place) {
        return switch (operator) {
            case ADD, SUBTRACT, MULTIPLY -> {
                List<AstExpression> operands = source.literals().compared(List.of(left, right));
                yield new Arithmetic(operator, operands.getFirst(), operands.getLast(), place);
            }
            // By a zero nothing is divided, so that the value decides where the expression may stand.
            case DIVIDE, MODULO, POWER, CONCATENATE -> new Arithmetic(operator, left, right, place);
        };
    }

    private ArithmeticOperator arithmetic(Token sign) {
        return switch (sign.getType()) {
            case Cypher25Lexer.PLUS -> ArithmeticOperator.ADD;
            case Cypher25Lexer.MINUS -> ArithmeticOperator.SUBTRACT;
            case Cypher25Lexer.TIMES -> ArithmeticOperator.MULTIPLY;
            case Cypher25Lexer.DIVIDE -> ArithmeticOperator.DIVIDE;
            case Cypher25Lexer.PERCENT -> ArithmeticOperator.MODULO;
            case Cypher25Lexer.POW -> ArithmeticOperator.POWER;
            case Cypher25Lexer.DOUBLEBAR -> ArithmeticOperator.CONCATENATE;
            default ->
                throw CypherErrors.unsupported("The operator '" + sign.getText() + "'", false, source.position(sign));
        };
    }

    QueryException unsupported(String what, boolean plural, ParserRuleContext context) {
        return CypherErrors.unsupported(what, plural, source.position(context.getStart()));
    }
}
