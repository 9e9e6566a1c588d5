package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstClause;
import io.spangraph.cypher.ast.AstClause.CallSubquery;
import io.spangraph.cypher.ast.AstClause.Item;
import io.spangraph.cypher.ast.AstClause.Match;
import io.spangraph.cypher.ast.AstClause.ProcedureCall;
import io.spangraph.cypher.ast.AstClause.Projection;
import io.spangraph.cypher.ast.AstClause.Return;
import io.spangraph.cypher.ast.AstClause.Show;
import io.spangraph.cypher.ast.AstClause.SortItem;
import io.spangraph.cypher.ast.AstClause.Unwind;
import io.spangraph.cypher.ast.AstClause.With;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstPattern;
import io.spangraph.cypher.ast.AstQuery;
import io.spangraph.cypher.ast.AstQuery.Combination;
import io.spangraph.cypher.ast.AstQuery.SingleQuery;
import io.spangraph.cypher.ast.AstSubquery;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.ParserRuleContext;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CallClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CommandContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ComposableCommandClausesContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.MatchClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.MatchModeContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.NextStatementContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.OrderByContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PatternListContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.QueryWithLocalDefinitionsContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ReturnBodyContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ReturnClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ReturnItemContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.SingleQueryContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.StatementContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.StatementsContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.SubqueryClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.UnionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.UnwindClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.UseClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.WhereClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.WithClauseContext;

/** Reads statements and clauses. What is not listed here is refused by name: the grammar knows far more than we run. */
final class QueryReader {
    private final SourceText source;
    private final ParseLimits limits;
    private final NamedState state;
    private final Names names;
    private final ExpressionReader expressions;
    private final PatternReader patterns;
    private final SubqueryReader subqueries;
    private final CommandReader commands;
    private int clauses;

    QueryReader(SourceText source, ParseLimits limits, NamedState state) {
        this.source = source;
        this.state = state;
        this.limits = limits;
        this.names = new Names(source, limits.depth());
        this.subqueries = new SubqueryReader(source, names, this);
        this.expressions = new ExpressionReader(source, limits.depth(), subqueries);
        this.patterns = new PatternReader(source, names, expressions);
        this.commands = new CommandReader(source, names, expressions, limits);
    }

    /** What a query may end with. */
    enum End {
        RETURN,
        /** Nobody sees its columns, so that it may also end with what gives its rows. */
        ANY_READ
    }

    ExpressionReader expressions() {
        return expressions;
    }

    PatternReader patterns() {
        return patterns;
    }

    AstQuery read(StatementsContext context, QueryPrefix prefix) {
        if (context.statement().size() > 1) {
            throw CypherErrors.syntax(
                    "Expected exactly one statement per query but got: "
                            + context.statement().size(),
                    position(context.statement(1)));
        }
        StatementContext statement = context.statement(0);
        if (statement.command() != null) {
            return command(statement.command(), prefix);
        }
        UnionContext union = union(statement.queryWithLocalDefinitions());
        checkSize(union);
        List<SingleQuery> parts = union.singleQuery().stream()
                .map(part -> singleQuery(part, End.RETURN, "Query"))
                .toList();
        return query(prefix, parts, combination(union));
    }

    private AstQuery query(QueryPrefix prefix, List<SingleQuery> parts, Combination combination) {
        return new AstQuery(
                prefix.mode(), parts, combination, prefix.notifications(), state.snapshot(), state.graphs());
    }

    /** A command, perhaps with the RETURN that belongs to it. */
    private AstQuery command(CommandContext context, QueryPrefix prefix) {
        CommandReader.Command command = commands.command(context);
        List<AstClause> read = new ArrayList<>(List.of(command.show()));
        command.result().map(this::result).ifPresent(read::add);
        SingleQuery single = new SingleQuery(read, source.place(context));
        return query(prefix, List.of(single), Combination.UNION_ALL);
    }

    private Return result(ReturnClauseContext context) {
        return new Return(projection(context.returnBody()), source.place(context));
    }

    /** A query in braces; {@code what} names it in errors. */
    AstSubquery subquery(QueryWithLocalDefinitionsContext context, End end, String what, Place place) {
        UnionContext union = union(context);
        checkSize(union);
        // The rows of two queries meet by their columns.
        End wanted = union.singleQuery().size() > 1 ? End.RETURN : end;
        List<SingleQuery> parts = union.singleQuery().stream()
                .map(part -> singleQuery(part, wanted, what))
                .toList();
        return new AstSubquery(parts, combination(union), true, place);
    }

    private UnionContext union(QueryWithLocalDefinitionsContext query) {
        if (!query.localDefinition().isEmpty()) {
            throw unsupported("DEFINE", query);
        }
        NextStatementContext sequence = query.nextStatement();
        if (!sequence.NEXT().isEmpty()) {
            throw unsupported("NEXT", sequence.NEXT(0).getSymbol())
                    .withHint("Pass the columns on by WITH: write WITH a, b instead of RETURN a, b NEXT.");
        }
        if (sequence.regularQuery(0).when() != null) {
            throw unsupported("WHEN", sequence);
        }
        return sequence.regularQuery(0).union();
    }

    /** Plans are trees of the depth of the query; counted before anything is read. */
    private void checkSize(UnionContext context) {
        clauses += context.singleQuery().stream()
                .mapToInt(part -> part.clause().size())
                .sum();
        if (clauses > limits.clauses()) {
            throw CypherErrors.complexity(
                    "The query has " + clauses + " clauses; the limit is " + limits.clauses(), position(context));
        }
    }

    private void checkCount(int count, String what, Place place) {
        if (count > limits.items()) {
            throw CypherErrors.complexity(
                    "The clause has " + count + " " + what + "; the limit is " + limits.items(), place.position());
        }
    }

    private Combination combination(UnionContext context) {
        int all = context.ALL().size();
        if (all != 0 && all != context.UNION().size()) {
            throw CypherErrors.syntax(
                    "Invalid combination of UNION and UNION ALL",
                    source.position(context.UNION(1).getSymbol()));
        }
        return all == 0 ? Combination.UNION_DISTINCT : Combination.UNION_ALL;
    }

    private SingleQuery singleQuery(SingleQueryContext context, End end, String what) {
        if (context.useClause() != null) {
            state.use(context.useClause());
        }
        if (context.queryWithLocalDefinitions() != null) {
            throw unsupported("A query in braces", context);
        }
        Stream<ClauseContext> written = context.clause().stream();
        if (context.clause(0).getChild(0) instanceof UseClauseContext use
                && context.clause().size() > 1) {
            state.use(use);
            written = written.skip(1);
        }
        List<AstClause> clauses = written.map(this::clause).toList();
        checkComposition(clauses, context, end, what);
        return new SingleQuery(clauses, source.place(context));
    }

    private void checkComposition(List<AstClause> clauses, SingleQueryContext context, End end, String what) {
        for (AstClause clause : clauses.subList(0, clauses.size() - 1)) {
            if (clause instanceof Return) {
                throw CypherErrors.syntax(
                        "RETURN can only be used at the end of the query",
                        clause.place().position());
            }
        }
        CommandReader.checkComposition(clauses);
        boolean complete = switch (clauses.getLast()) {
            case Return result -> true;
            case With with -> false;
            case Match match -> end == End.ANY_READ;
            case Unwind unwind -> end == End.ANY_READ;
            case CallSubquery call -> end == End.ANY_READ;
            case ProcedureCall call -> end == End.ANY_READ || clauses.size() == 1;
            case Show show -> clauses.size() == 1;
        };
        if (!complete) {
            String name = context.clause(context.clause().size() - 1).getStart().getText();
            throw CypherErrors.syntax(
                    what + " cannot conclude with " + name.toUpperCase(Locale.ROOT) + " (must be a RETURN clause)",
                    clauses.getLast().place().position());
        }
    }

    private AstClause clause(ClauseContext context) {
        return switch (context.getChild(0)) {
            case MatchClauseContext match -> match(match);
            case SubqueryClauseContext call -> subqueries.call(call);
            case WithClauseContext with ->
                new With(projection(with.returnBody()), where(with.whereClause()), source.place(with));
            case ReturnClauseContext result -> result(result);
            case UnwindClauseContext unwind ->
                new Unwind(
                        expressions.whole(unwind.expression()),
                        names.variable(unwind.variable()),
                        source.place(unwind));
            case CallClauseContext call -> commands.call(call);
            case ComposableCommandClausesContext command -> commands.show(command);
            case ParserRuleContext other -> throw RefusedClauses.clause(other, source);
            default -> throw RefusedClauses.clause(context, source);
        };
    }

    private Match match(MatchClauseContext context) {
        if (context.searchClause() != null) {
            throw unsupported("SEARCH", context.searchClause());
        }
        if (!context.hint().isEmpty()) {
            throw unsupported("USING", context.hint(0));
        }
        return match(
                context.OPTIONAL() != null,
                context.matchMode(),
                context.patternList(),
                context.whereClause(),
                source.place(context));
    }

    Match match(
            boolean optional,
            @Nullable MatchModeContext mode,
            PatternListContext patternList,
            @Nullable WhereClauseContext where,
            Place place) {
        if (mode != null && mode.REPEATABLE() != null) {
            throw unsupported("REPEATABLE ELEMENTS", mode);
        }
        checkCount(patternList.pattern().size(), "patterns", place);
        List<AstPattern> read =
                patternList.pattern().stream().map(patterns::pattern).toList();
        return new Match(optional, read, where(where), place);
    }

    private Projection projection(ReturnBodyContext context) {
        if (context.groupBy() != null) {
            throw unsupported("GROUP BY", context.groupBy())
                    .withHint("Columns without an aggregate are the grouping keys: leave GROUP BY out.");
        }
        checkCount(context.returnItems().returnItem().size(), "columns", source.place(context));
        return new Projection(
                context.DISTINCT() != null,
                context.returnItems().TIMES() != null,
                context.returnItems().returnItem().stream().map(this::item).toList(),
                Optional.ofNullable(context.orderBy()).map(this::orderBy).orElse(List.of()),
                Optional.ofNullable(context.skip()).map(skip -> count(skip.expression())),
                Optional.ofNullable(context.limit()).map(limit -> count(limit.expression())));
    }

    private AstExpression count(ExpressionContext context) {
        return source.literals().open(expressions.whole(context));
    }

    private Item item(ReturnItemContext context) {
        if (context.variable() == null) {
            source.literals().keep(context.expression());
        }
        return new Item(
                expressions.whole(context.expression()),
                Optional.ofNullable(context.variable()).map(names::variable),
                source.slice(context.expression()),
                source.place(context));
    }

    private List<SortItem> orderBy(OrderByContext context) {
        checkCount(context.orderItem().size(), "sort keys", source.place(context));
        return context.orderItem().stream()
                .map(item -> new SortItem(expressions.whole(item.expression()), item.descToken() != null))
                .toList();
    }

    private Optional<AstExpression> where(@Nullable WhereClauseContext context) {
        return Optional.ofNullable(context).map(present -> expressions.whole(present.expression()));
    }

    private QueryException unsupported(String what, ParserRuleContext context) {
        return unsupported(what, context.getStart());
    }

    private QueryException unsupported(String what, Token token) {
        return CypherErrors.unsupported(what, false, source.position(token));
    }

    private SourcePosition position(ParserRuleContext context) {
        return source.position(context.getStart());
    }
}
