package io.spangraph.cypher.ast;

import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.QueryPlan;
import java.util.List;

/**
 * A parsed statement.
 *
 * @param parts the queries that UNION combines; a single one without UNION
 * @param notifications what the prefix of the query deserves to be told
 */
public record AstQuery(
        QueryPlan.Mode mode, List<SingleQuery> parts, Combination combination, List<Notification> notifications) {
    public AstQuery {
        parts = List.copyOf(parts);
        notifications = List.copyOf(notifications);
    }

    /** A sequence of clauses. */
    public record SingleQuery(List<AstClause> clauses, Place place) {
        public SingleQuery {
            clauses = List.copyOf(clauses);
        }
    }

    /** How the parts are combined. */
    public enum Combination {
        /** Duplicate rows stay. */
        UNION_ALL,
        /** Each row once. */
        UNION_DISTINCT
    }
}
