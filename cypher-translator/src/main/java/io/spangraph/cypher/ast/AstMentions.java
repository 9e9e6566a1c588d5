package io.spangraph.cypher.ast;

import io.spangraph.cypher.ast.AstClause.CallSubquery;
import io.spangraph.cypher.ast.AstClause.Match;
import io.spangraph.cypher.ast.AstClause.ProcedureCall;
import io.spangraph.cypher.ast.AstClause.Projection;
import io.spangraph.cypher.ast.AstClause.Return;
import io.spangraph.cypher.ast.AstClause.Show;
import io.spangraph.cypher.ast.AstClause.SortItem;
import io.spangraph.cypher.ast.AstClause.Unwind;
import io.spangraph.cypher.ast.AstClause.With;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstQuery.SingleQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names that a part of a query mentions. Whether a name inside a subquery means what it means outside depends on
 * where it is bound, so that this may be more than what is read from outside, and never less.
 *
 * @param everything {@code *} stands somewhere: all names in scope are mentioned
 */
public record AstMentions(Set<String> names, boolean everything) {
    public AstMentions {
        names = Set.copyOf(names);
    }

    public static AstMentions of(AstSubquery query) {
        return of(
                query.parts().stream().flatMap(part -> part.clauses().stream()).toList());
    }

    /** The clauses of a query, those of the queries that it calls included. */
    static Stream<AstClause> clauses(AstSubquery query) {
        return query.parts().stream()
                .flatMap(part -> part.clauses().stream())
                .flatMap(clause -> clause instanceof CallSubquery call
                        ? Stream.concat(Stream.of(clause), clauses(call.query()))
                        : Stream.of(clause));
    }

    public static AstMentions of(AstExpression expression) {
        return new AstMentions(
                AstWalk.names(expression).stream().map(Name::name).collect(Collectors.toSet()),
                AstWalk.find(
                                expression,
                                part -> part instanceof AstExpression.Subquery subquery
                                        && of(subquery.query()).everything())
                        .isPresent());
    }

    public static AstMentions of(List<AstClause> clauses) {
        return new AstMentions(
                clauses.stream().flatMap(AstMentions::names).map(Name::name).collect(Collectors.toSet()),
                clauses.stream().anyMatch(AstMentions::all));
    }

    public AstMentions and(AstMentions other) {
        Set<String> both = new HashSet<>(names);
        both.addAll(other.names);
        return new AstMentions(both, everything || other.everything);
    }

    /** True if the name is one of those that are mentioned. */
    public boolean has(String name) {
        return everything || names.contains(name);
    }

    /** The expressions of a clause, subqueries inside them as a whole. */
    static List<AstExpression> expressions(AstClause clause) {
        List<AstExpression> found = new ArrayList<>();
        switch (clause) {
            case Match match -> {
                match.patterns().forEach(pattern -> found.addAll(pattern.expressions()));
                match.where().ifPresent(found::add);
            }
            case With with -> {
                collect(with.projection(), found);
                with.where().ifPresent(found::add);
            }
            case Return result -> collect(result.projection(), found);
            case Unwind unwind -> found.add(unwind.list());
            case CallSubquery call -> {}
            case ProcedureCall call -> {
                call.arguments().ifPresent(found::addAll);
                call.where().ifPresent(found::add);
            }
            case Show show -> {
                found.addAll(show.arguments());
                show.orderBy().stream().map(SortItem::expression).forEach(found::add);
                show.where().ifPresent(found::add);
            }
        }
        return found;
    }

    private static void collect(Projection projection, List<AstExpression> found) {
        projection.items().forEach(item -> found.add(item.expression()));
        projection.orderBy().stream().map(SortItem::expression).forEach(found::add);
        projection.skip().ifPresent(found::add);
        projection.limit().ifPresent(found::add);
    }

    /** The queries that stand directly in a clause, as its own part. */
    private static List<AstSubquery> queries(AstClause clause) {
        return clause instanceof CallSubquery call ? List.of(call.query()) : List.of();
    }

    /** The places where a query mentions names. */
    public static Stream<Name> names(AstSubquery query) {
        return query.parts().stream()
                .map(SingleQuery::clauses)
                .flatMap(List::stream)
                .flatMap(AstMentions::names);
    }

    private static Stream<Name> names(AstClause clause) {
        Stream<Name> read = expressions(clause).stream().flatMap(part -> AstWalk.names(part).stream());
        Stream<Name> ofQueries = queries(clause).stream().flatMap(AstMentions::names);
        Stream<Name> own = switch (clause) {
            case Match match -> match.patterns().stream().flatMap(pattern -> pattern.names().stream());
            case CallSubquery call -> call.imports().stream();
            case With with -> Stream.of();
            case Return result -> Stream.of();
            case Unwind unwind -> Stream.of();
            case ProcedureCall call -> Stream.of();
            case Show show -> Stream.of();
        };
        return Stream.of(own, ofQueries, read).flatMap(names -> names);
    }

    private static boolean all(AstClause clause) {
        boolean own = switch (clause) {
            case With with -> with.projection().all();
            case Return result -> result.projection().all();
            case CallSubquery call -> of(call.query()).everything();
            case Match match -> false;
            case Unwind unwind -> false;
            case ProcedureCall call -> false;
            case Show show -> false;
        };
        Predicate<AstExpression> inside = part -> of(part).everything();
        return own || expressions(clause).stream().anyMatch(inside);
    }
}
