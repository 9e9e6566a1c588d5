package io.spangraph.cypher.ast;

import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.spi.SnapshotSelector;
import java.util.List;
import java.util.Optional;

/**
 * A parsed statement.
 *
 * @param parts the queries that UNION combines; a single one without UNION
 * @param notifications what the prefix of the query deserves to be told
 * @param snapshot which state of the tables it wants, where it says so
 * @param graphs those that it names by USE
 */
public record AstQuery(
        QueryPlan.Mode mode,
        List<SingleQuery> parts,
        Combination combination,
        List<Notification> notifications,
        Optional<SnapshotSelector> snapshot,
        List<GraphName> graphs) {
    public AstQuery {
        graphs = List.copyOf(graphs);
        parts = List.copyOf(parts);
        notifications = List.copyOf(notifications);
    }

    /** A graph as USE names it. */
    public record GraphName(String name, Place place) {}

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
