package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.AllProperties;
import io.spangraph.cypher.ast.AstExpression.Alternative;
import io.spangraph.cypher.ast.AstExpression.Call;
import io.spangraph.cypher.ast.AstExpression.Case;
import io.spangraph.cypher.ast.AstExpression.CollectSubquery;
import io.spangraph.cypher.ast.AstExpression.CountRows;
import io.spangraph.cypher.ast.AstExpression.CountSubquery;
import io.spangraph.cypher.ast.AstExpression.Entry;
import io.spangraph.cypher.ast.AstExpression.Exists;
import io.spangraph.cypher.ast.AstExpression.Form;
import io.spangraph.cypher.ast.AstExpression.ListComprehension;
import io.spangraph.cypher.ast.AstExpression.ListLiteral;
import io.spangraph.cypher.ast.AstExpression.ListPredicate;
import io.spangraph.cypher.ast.AstExpression.Literal;
import io.spangraph.cypher.ast.AstExpression.MapLiteral;
import io.spangraph.cypher.ast.AstExpression.MapProjection;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstExpression.OneEntry;
import io.spangraph.cypher.ast.AstExpression.Parameter;
import io.spangraph.cypher.ast.AstExpression.ProjectionItem;
import io.spangraph.cypher.ast.AstExpression.Reduce;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.ParserRuleContext;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.Quantifier;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.BooleanLiteralContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CaseExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CollectExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CountExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CountStarContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ExistsExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression1Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.Expression2Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ExtendedCaseExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.FunctionInvocationContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.KeywordLiteralContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ListComprehensionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ListItemsPredicateContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ListLiteralContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.LiteralContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.MapContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.MapProjectionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.MapProjectionElementContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.NormalizeFunctionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.NumberLiteralContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.NumericLiteralContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.OtherLiteralContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ParameterContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ParenthesizedExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PatternComprehensionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PatternExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PropertyExistsPredicateContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ReduceExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShortestPathExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.StringsLiteralContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.TrimFunctionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.VariableContext;

/** Reads what operators work on: literals, names, calls, CASE. */
final class AtomReader {
    private final ExpressionReader expressions;
    private final ComparisonReader comparisons;
    private final SubqueryReader subqueries;
    private final WrittenOut writtenOut;
    private final SourceText source;
    private final Names names;

    AtomReader(
            ExpressionReader expressions,
            ComparisonReader comparisons,
            SubqueryReader subqueries,
            WrittenOut writtenOut,
            Names names,
            SourceText source) {
        this.expressions = expressions;
        this.comparisons = comparisons;
        this.subqueries = subqueries;
        this.writtenOut = writtenOut;
        this.source = source;
        this.names = names;
    }

    AstExpression atom(Expression1Context context) {
        // An atom is exactly one of the alternatives.
        return switch (context.getChild(0)) {
            case LiteralContext literal -> literal(literal);
            case VariableContext variable -> names.variable(variable);
            case ParameterContext parameter -> parameter(parameter);
            case ParenthesizedExpressionContext inner -> expressions.expression(inner.expression());
            case FunctionInvocationContext call -> call(call);
            case CountStarContext count -> new CountRows(source.place(count));
            case ListLiteralContext list ->
                new ListLiteral(
                        list.expression().stream().map(expressions::expression).toList(), source.place(list));
            case CaseExpressionContext searched -> searchedCase(searched);
            case ExtendedCaseExpressionContext simple -> simpleCase(simple);
            case TrimFunctionContext trim -> trim(trim);
            case PropertyExistsPredicateContext exists ->
                new AstExpression.IsNull(
                        new AstExpression.PropertyAccess(
                                names.variable(exists.variable()),
                                Literals.name(exists.propertyKeyName().getText()),
                                source.place(exists.propertyKeyName())),
                        true,
                        source.place(exists));
            case ListComprehensionContext loop -> comprehension(loop);
            case ListItemsPredicateContext loop -> predicate(loop);
            case ReduceExpressionContext loop -> reduce(loop);
            case MapProjectionContext projection -> projection(projection);
            case NormalizeFunctionContext normalize -> normalize(normalize);
            case PatternExpressionContext pattern -> subqueries.pattern(pattern);
            case PatternComprehensionContext comprehension -> subqueries.comprehension(comprehension);
            case ExistsExpressionContext exists -> subqueries.exists(exists);
            case CountExpressionContext count -> subqueries.count(count);
            case CollectExpressionContext collect -> subqueries.collect(collect);
            case ShortestPathExpressionContext path -> subqueries.shortestPath(path);
            case ParserRuleContext other -> throw notYet(other);
            default -> throw notYet(context);
        };
    }

    private AstExpression parameter(ParameterContext context) {
        String name = Literals.name(context.parameterName().getText());
        if (name.startsWith(QueryContext.OPEN_LITERAL)) {
            throw CypherErrors.syntax(
                    "The name of a parameter cannot begin with the character U+0000",
                    source.position(context.getStart()));
        }
        return new Parameter(name, source.place(context));
    }

    private AstExpression comprehension(ListComprehensionContext context) {
        return new ListComprehension(
                names.variable(context.variable()),
                expressions.expression(context.expression(0)),
                Optional.ofNullable(context.whereExp).map(expressions::expression),
                Optional.ofNullable(context.barExp).map(expressions::expression),
                source.place(context));
    }

    private AstExpression predicate(ListItemsPredicateContext context) {
        Quantifier quantifier = context.ALL() != null
                ? Quantifier.ALL
                : context.ANY() != null ? Quantifier.ANY : context.NONE() != null ? Quantifier.NONE : Quantifier.SINGLE;
        if (context.whereExp == null) {
            throw CypherErrors.syntax(
                    quantifier.spelling() + "(...) requires a WHERE predicate", source.position(context.getStart()));
        }
        return new ListPredicate(
                quantifier,
                names.variable(context.variable()),
                expressions.expression(context.inExp),
                expressions.expression(context.whereExp),
                source.place(context));
    }

    private AstExpression reduce(ReduceExpressionContext context) {
        return new Reduce(
                names.variable(context.variable(0)),
                expressions.expression(context.expression(0)),
                names.variable(context.variable(1)),
                expressions.expression(context.expression(1)),
                expressions.expression(context.expression(2)),
                source.place(context));
    }

    private AstExpression projection(MapProjectionContext context) {
        Name subject = names.variable(context.variable());
        List<ProjectionItem> items = context.mapProjectionElement().stream()
                .map(element -> projected(subject, element))
                .toList();
        return new MapProjection(subject, items, source.place(context));
    }

    /** {@code .*}, {@code .name} and {@code name} stand for what they say in full. */
    private ProjectionItem projected(Name subject, MapProjectionElementContext context) {
        Place place = source.place(context);
        if (context.TIMES() != null) {
            return new AllProperties();
        }
        if (context.variable() != null) {
            Name name = names.variable(context.variable());
            return new OneEntry(new Entry(name.name(), name, place));
        }
        if (context.property() != null) {
            ParserRuleContext key = context.property().propertyKeyName();
            String name = Literals.name(key.getText());
            return new OneEntry(
                    new Entry(name, new AstExpression.PropertyAccess(subject, name, source.place(key)), place));
        }
        return new OneEntry(new Entry(
                Literals.name(context.propertyKeyName().getText()),
                expressions.expression(context.expression()),
                place));
    }

    private AstExpression normalize(NormalizeFunctionContext context) {
        List<AstExpression> arguments = new ArrayList<>(List.of(expressions.expression(context.expression())));
        if (context.normalForm() != null) {
            Place place = source.place(context.normalForm());
            arguments.add(new Literal(Value.of(context.normalForm().getText()), place));
        }
        return new Call("normalize", false, arguments, source.place(context));
    }

    /** A number with its sign, which the smallest integer needs; empty when something else follows the sign. */
    Optional<AstExpression> negativeNumber(Expression2Context context, boolean negative) {
        return context.postFix().isEmpty()
                        && context.expression1().literal() instanceof NumericLiteralContext number
                        && number.numberLiteral().MINUS() == null
                ? Optional.of(number(number.numberLiteral(), negative))
                : Optional.empty();
    }

    private AstExpression literal(LiteralContext context) {
        Place place = source.place(context);
        return switch (context) {
            case NumericLiteralContext number ->
                number(number.numberLiteral(), number.numberLiteral().MINUS() != null);
            case StringsLiteralContext text ->
                source.literals()
                        .read(Literals.string(text.getText(), place.position()), text.getStart(), false, place);
            case BooleanLiteralContext truth -> new Literal(Value.of(truth.TRUE() != null), place);
            case KeywordLiteralContext keyword -> new Literal(keyword(keyword), place);
            case OtherLiteralContext other -> map(other.map());
            default -> throw notYet(context);
        };
    }

    private static Value keyword(KeywordLiteralContext context) {
        return context.NULL() != null
                ? Value.NULL
                : Value.of(context.NAN() != null ? Double.NaN : Double.POSITIVE_INFINITY);
    }

    private AstExpression number(NumberLiteralContext context, boolean negative) {
        Place place = source.place(context);
        String digits = context.getStop().getText();
        Value value = context.DECIMAL_DOUBLE() != null
                ? Literals.floating(digits, negative, place.position())
                : Literals.integer(digits, negative, place.position());
        return source.literals().read(value, context.getStop(), negative, place);
    }

    AstExpression map(MapContext context) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < context.propertyKeyName().size(); i++) {
            ParserRuleContext key = context.propertyKeyName(i);
            entries.add(new Entry(
                    Literals.name(key.getText()), expressions.expression(context.expression(i)), source.place(key)));
        }
        return new MapLiteral(entries, source.place(context));
    }

    private AstExpression call(FunctionInvocationContext context) {
        String name = Stream.concat(
                        context.functionName().namespace().symbolicNameString().stream(),
                        Stream.of(context.functionName().symbolicNameString()))
                .map(part -> Literals.name(part.getText()))
                .collect(Collectors.joining("."));
        List<AstExpression> arguments = context.functionArgument().stream()
                .map(argument -> expressions.expression(argument.expression()))
                .toList();
        Place place = source.place(context);
        return ofPattern(name, arguments, place)
                .orElseGet(() -> new Call(
                        name, context.DISTINCT() != null, source.literals().arguments(name, arguments), place));
    }

    /** Functions of patterns: {@code exists((a)-->())}, and {@code size([(a)-->(b) | b])}, which needs no list. */
    private static Optional<AstExpression> ofPattern(String name, List<AstExpression> arguments, Place place) {
        if (arguments.size() != 1) {
            return Optional.empty();
        }
        AstExpression argument = arguments.getFirst();
        if (name.equalsIgnoreCase("exists") && argument instanceof Exists exists) {
            return Optional.of(new Exists(exists.query(), Form.FUNCTION, place));
        }
        if (name.equalsIgnoreCase("size") && argument instanceof CollectSubquery collect && collect.comprehension()) {
            return Optional.of(new CountSubquery(collect.query(), place));
        }
        return Optional.empty();
    }

    /** {@code trim(LEADING 'x' FROM text)} and its short forms. */
    private AstExpression trim(TrimFunctionContext context) {
        String function = context.LEADING() != null ? "lTrim" : context.TRAILING() != null ? "rTrim" : "bTrim";
        List<AstExpression> arguments = new ArrayList<>(List.of(expressions.expression(context.trimSource)));
        Optional.ofNullable(context.trimCharacterString)
                .map(expressions::expression)
                .ifPresent(arguments::add);
        boolean plain = function.equals("bTrim") && arguments.size() == 1;
        return new Call(plain ? "trim" : function, false, arguments, source.place(context));
    }

    private AstExpression searchedCase(CaseExpressionContext context) {
        List<Alternative> alternatives = context.caseAlternative().stream()
                .map(when -> new Alternative(
                        List.of(expressions.expression(when.expression(0))),
                        expressions.expression(when.expression(1))))
                .toList();
        return new Case(
                Optional.empty(),
                alternatives,
                Optional.ofNullable(context.expression()).map(expressions::expression),
                source.place(context));
    }

    private AstExpression simpleCase(ExtendedCaseExpressionContext context) {
        AstExpression operand = expressions.expression(context.expression(0));
        int tests = context.extendedCaseAlternative().stream()
                .mapToInt(when -> when.extendedWhen().size())
                .sum();
        writtenOut.add(operand, tests, source.place(context).position());
        List<Alternative> alternatives = context.extendedCaseAlternative().stream()
                .map(when -> new Alternative(
                        when.extendedWhen().stream()
                                .map(test -> comparisons.when(operand, test))
                                .toList(),
                        expressions.expression(when.expression())))
                .toList();
        return new Case(
                Optional.of(operand),
                alternatives,
                Optional.ofNullable(context.elseExp).map(expressions::expression),
                source.place(context));
    }

    private QueryException notYet(ParserRuleContext context) {
        String what = switch (context) {
            case ListComprehensionContext form -> "List comprehensions";
            case ListItemsPredicateContext form -> "The predicates all(), any(), none() and single()";
            default -> "Expressions like '" + shortened(source.slice(context)) + "'";
        };
        return CypherErrors.unsupported(what, true, source.position(context.getStart()));
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
