package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstClause;
import io.spangraph.cypher.ast.AstClause.ProcedureCall;
import io.spangraph.cypher.ast.AstClause.Show;
import io.spangraph.cypher.ast.AstClause.SortItem;
import io.spangraph.cypher.ast.AstClause.YieldItem;
import io.spangraph.cypher.ast.AstClause.Yields;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Literal;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.ParserRuleContext;
import io.spangraph.cypher.shaded.antlr.Token;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CallClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CommandContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ComposableCommandClausesContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.NamespaceContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ProcedureArgumentContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ProcedureNameContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ReturnClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShowCommandYieldContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.SignedIntegerLiteralContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.SymbolicNameStringContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.VariableContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.WhereClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.YieldClauseContext;

/** Reads calls of procedures and SHOW commands. */
final class CommandReader {
    private final SourceText source;
    private final Names names;
    private final ExpressionReader expressions;
    private final ParseLimits limits;
    private final ShowWords words;

    CommandReader(SourceText source, Names names, ExpressionReader expressions, ParseLimits limits) {
        this.source = source;
        this.names = names;
        this.expressions = expressions;
        this.limits = limits;
        this.words = new ShowWords(source, expressions);
    }

    /** A command that is a statement of its own, and the RETURN that the grammar makes a part of it. */
    record Command(Show show, Optional<ReturnClauseContext> result) {}

    /** Refuses commands in the midst of a query. */
    static void checkComposition(List<AstClause> clauses) {
        clauses.stream().skip(1).filter(Show.class::isInstance).findFirst().ifPresent(show -> {
            throw CypherErrors.unsupported(
                    "A SHOW command behind other clauses", false, show.place().position());
        });
    }

    ProcedureCall call(CallClauseContext context) {
        Optional<List<AstExpression>> arguments = context.LPAREN() == null
                ? Optional.empty()
                : Optional.of(context.procedureArgument().stream()
                        .map(ProcedureArgumentContext::expression)
                        .map(expressions::whole)
                        .toList());
        return new ProcedureCall(
                name(context.procedureName()),
                arguments,
                context.OPTIONAL() != null,
                yields(context),
                where(context.whereClause()),
                source.place(context.procedureName()),
                source.place(context));
    }

    private static String name(ProcedureNameContext context) {
        NamespaceContext namespace = context.namespace();
        return Stream.concat(namespace.symbolicNameString().stream(), Stream.of(context.symbolicNameString()))
                .map(SymbolicNameStringContext::getText)
                .map(Literals::name)
                .collect(Collectors.joining("."));
    }

    private Yields yields(CallClauseContext context) {
        if (context.YIELD() == null) {
            return new Yields.Unsaid();
        }
        if (context.TIMES() != null) {
            return new Yields.All(source.place(context.TIMES().getSymbol()));
        }
        checkCount(context.procedureResultItem().size(), context);
        return new Yields.Columns(context.procedureResultItem().stream()
                .map(item -> item(item.yieldItemName, Optional.ofNullable(item.yieldItemAlias)))
                .toList());
    }

    private YieldItem item(VariableContext column, Optional<VariableContext> alias) {
        return new YieldItem(names.variable(column), alias.map(names::variable));
    }

    Show show(ComposableCommandClausesContext context) {
        ShowWords.Words command = words.of(context);
        return show(
                command,
                Optional.ofNullable(command.rest()).map(rest -> rest.yieldClause()),
                Optional.ofNullable(command.rest()).map(rest -> rest.whereClause()),
                source.place(context));
    }

    /** A command of administration; of these only some that show something are there. */
    Command command(CommandContext context) {
        ShowWords.AdministrationWords command = words.of(context);
        Optional<ShowCommandYieldContext> rest = Optional.ofNullable(command.rest());
        Show show = show(
                command.words(),
                rest.map(ShowCommandYieldContext::yieldClause),
                rest.map(ShowCommandYieldContext::whereClause),
                source.place(context));
        return new Command(show, rest.map(ShowCommandYieldContext::returnClause));
    }

    private Show show(
            ShowWords.Words command,
            Optional<YieldClauseContext> yield,
            Optional<WhereClauseContext> where,
            Place place) {
        return new Show(
                command.command(),
                command.arguments(),
                yield.map(this::yields).orElse(new Yields.Unsaid()),
                yield.map(this::orderBy).orElse(List.of()),
                yield.map(YieldClauseContext::yieldSkip).map(skip -> number(skip.signedIntegerLiteral())),
                yield.map(YieldClauseContext::yieldLimit).map(limit -> number(limit.signedIntegerLiteral())),
                yield.map(YieldClauseContext::whereClause).or(() -> where).map(this::condition),
                place);
    }

    private Yields yields(YieldClauseContext context) {
        if (context.TIMES() != null) {
            return new Yields.All(source.place(context.TIMES().getSymbol()));
        }
        checkCount(context.yieldItem().size(), context);
        return new Yields.Columns(context.yieldItem().stream()
                .map(item -> item(item.variable(0), Optional.ofNullable(item.variable(1))))
                .toList());
    }

    private List<SortItem> orderBy(YieldClauseContext context) {
        if (context.orderBy() == null) {
            return List.of();
        }
        checkCount(context.orderBy().orderItem().size(), context.orderBy());
        return context.orderBy().orderItem().stream()
                .map(item -> new SortItem(expressions.whole(item.expression()), item.descToken() != null))
                .toList();
    }

    private AstExpression number(SignedIntegerLiteralContext context) {
        Place place = source.place(context);
        Token digits = context.UNSIGNED_DECIMAL_INTEGER().getSymbol();
        return new Literal(Literals.integer(digits.getText(), context.MINUS() != null, place.position()), place);
    }

    private Optional<AstExpression> where(@Nullable WhereClauseContext context) {
        return Optional.ofNullable(context).map(this::condition);
    }

    private AstExpression condition(WhereClauseContext context) {
        return expressions.whole(context.expression());
    }

    private void checkCount(int count, ParserRuleContext context) {
        if (count > limits.items()) {
            throw CypherErrors.complexity(
                    "The clause has " + count + " columns; the limit is " + limits.items(),
                    source.position(context.getStart()));
        }
    }
}
