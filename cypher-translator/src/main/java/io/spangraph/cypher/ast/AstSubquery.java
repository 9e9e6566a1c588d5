package io.spangraph.cypher.ast;

import io.spangraph.cypher.ast.AstQuery.Combination;
import io.spangraph.cypher.ast.AstQuery.SingleQuery;
import java.util.List;

/**
 * A query inside another one. Patterns where an expression is expected are queries too: a MATCH of the pattern.
 *
 * @param parts the queries that UNION combines; a single one without UNION
 * @param naming whether its patterns may name something new
 */
public record AstSubquery(List<SingleQuery> parts, Combination combination, boolean naming, Place place) {
    public AstSubquery {
        parts = List.copyOf(parts);
    }

    /** A query of these clauses only. */
    public static AstSubquery of(List<AstClause> clauses, boolean naming, Place place) {
        return new AstSubquery(List.of(new SingleQuery(clauses, place)), Combination.UNION_ALL, naming, place);
    }
}
