package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstClause;
import io.spangraph.cypher.ast.AstClause.CallSubquery;
import io.spangraph.cypher.ast.AstClause.Importing;
import io.spangraph.cypher.ast.AstClause.Item;
import io.spangraph.cypher.ast.AstClause.Match;
import io.spangraph.cypher.ast.AstClause.Projection;
import io.spangraph.cypher.ast.AstClause.Return;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.CollectSubquery;
import io.spangraph.cypher.ast.AstExpression.CountSubquery;
import io.spangraph.cypher.ast.AstExpression.Exists;
import io.spangraph.cypher.ast.AstExpression.Form;
import io.spangraph.cypher.ast.AstExpression.Literal;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstExpression.Subscript;
import io.spangraph.cypher.ast.AstPattern;
import io.spangraph.cypher.ast.AstPattern.Selector;
import io.spangraph.cypher.ast.AstSubquery;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CollectExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CountExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ExistsExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.MatchModeContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PatternComprehensionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PatternExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.PatternListContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ShortestPathExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.SubqueryClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.WhereClauseContext;

/** Reads queries inside a query, and patterns that stand where an expression does: the same, written shorter. */
final class SubqueryReader {
    /** The path of a pattern to which its author can give no name. */
    private static final String UNNAMED_PATH = "#path";

    private final SourceText source;
    private final Names names;
    private final QueryReader queries;

    SubqueryReader(SourceText source, Names names, QueryReader queries) {
        this.source = source;
        this.names = names;
        this.queries = queries;
    }

    AstExpression exists(ExistsExpressionContext context) {
        Place place = source.place(context);
        AstSubquery query = context.queryWithLocalDefinitions() == null
                ? matching(context.matchMode(), context.patternList(), context.whereClause(), place)
                : queries.subquery(
                        context.queryWithLocalDefinitions(), QueryReader.End.ANY_READ, "An EXISTS subquery", place);
        return new Exists(query, Form.BRACES, place);
    }

    AstExpression count(CountExpressionContext context) {
        Place place = source.place(context);
        AstSubquery query = context.queryWithLocalDefinitions() == null
                ? matching(context.matchMode(), context.patternList(), context.whereClause(), place)
                : queries.subquery(
                        context.queryWithLocalDefinitions(), QueryReader.End.ANY_READ, "A COUNT subquery", place);
        return new CountSubquery(query, place);
    }

    AstExpression collect(CollectExpressionContext context) {
        Place place = source.place(context);
        AstSubquery query = queries.subquery(
                context.queryWithLocalDefinitions(), QueryReader.End.RETURN, "A COLLECT subquery", place);
        return new CollectSubquery(query, false, place);
    }

    private AstSubquery matching(
            @Nullable MatchModeContext mode,
            PatternListContext patterns,
            @Nullable WhereClauseContext where,
            Place place) {
        Match match = queries.match(false, mode, patterns, where, place);
        return AstSubquery.of(List.of(match), true, place);
    }

    /** A pattern as a condition. */
    AstExpression pattern(PatternExpressionContext context) {
        Place place = source.place(context);
        AstPattern pattern = queries.patterns().pattern(Optional.empty(), context.pathPatternNonEmpty(), place);
        return new Exists(matching(pattern, Optional.empty(), List.of(), false, place), Form.PATTERN, place);
    }

    AstExpression comprehension(PatternComprehensionContext context) {
        Place place = source.place(context);
        AstPattern pattern = queries.patterns()
                .pattern(
                        Optional.ofNullable(context.variable()).map(names::variable),
                        context.pathPatternNonEmpty(),
                        source.place(context.pathPatternNonEmpty()));
        AstSubquery query = matching(
                pattern,
                Optional.ofNullable(context.whereExp).map(queries.expressions()::whole),
                List.of(item(context.barExp)),
                true,
                place);
        return new CollectSubquery(query, true, place);
    }

    private Item item(ExpressionContext value) {
        source.literals().keep(value);
        return new Item(queries.expressions().whole(value), Optional.empty(), source.slice(value), source.place(value));
    }

    /** The first of the shortest paths, or the list of them. */
    AstExpression shortestPath(ShortestPathExpressionContext context) {
        Place place = source.place(context);
        Name path = new Name(UNNAMED_PATH, place);
        AstPattern pattern = queries.patterns().shortest(Optional.of(path), context.shortestPathPattern(), place);
        Item item = new Item(path, Optional.empty(), UNNAMED_PATH, place);
        AstExpression paths =
                new CollectSubquery(matching(pattern, Optional.empty(), List.of(item), false, place), true, place);
        return pattern.selector() == Selector.ALL_SHORTEST
                ? paths
                : new Subscript(paths, new Literal(Value.of(0L), place), place);
    }

    private static AstSubquery matching(
            AstPattern pattern, Optional<AstExpression> where, List<Item> items, boolean naming, Place place) {
        Match match = new Match(false, List.of(pattern), where, place);
        List<AstClause> clauses = items.isEmpty() ? List.of(match) : List.of(match, result(items, place));
        return AstSubquery.of(clauses, naming, place);
    }

    private static Return result(List<Item> items, Place place) {
        return new Return(new Projection(false, false, items, List.of(), Optional.empty(), Optional.empty()), place);
    }

    CallSubquery call(SubqueryClauseContext context) {
        Place place = source.place(context);
        if (context.subqueryInTransactionsParameters() != null) {
            throw CypherErrors.readOnly(
                    "CALL { ... } IN TRANSACTIONS",
                    source.position(context.subqueryInTransactionsParameters().getStart()));
        }
        Importing importing = context.subqueryScope() == null
                ? Importing.WITH
                : context.subqueryScope().TIMES() != null ? Importing.ALL : Importing.LISTED;
        List<Name> imports = importing == Importing.LISTED
                ? context.subqueryScope().variable().stream()
                        .map(names::variable)
                        .toList()
                : List.of();
        AstSubquery query =
                queries.subquery(context.queryWithLocalDefinitions(), QueryReader.End.RETURN, "A CALL subquery", place);
        return new CallSubquery(context.OPTIONAL() != null, importing, imports, query, place);
    }
}
