package io.spangraph.engine.plan;

import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.spi.SnapshotSelector;
import java.util.List;
import java.util.Optional;

/**
 * A translated query: the plan and the names under which its variables are answered.
 *
 * @param mode whether to run it, to explain it, or both
 * @param snapshot which state of the tables its text asks for
 */
public record QueryPlan(
        Mode mode,
        LogicalPlan plan,
        List<ResultColumn> columns,
        List<Notification> notifications,
        Optional<SnapshotSelector> snapshot) {
    /** A query whose text does not say which state of the tables it wants. */
    public QueryPlan(Mode mode, LogicalPlan plan, List<ResultColumn> columns, List<Notification> notifications) {
        this(mode, plan, columns, notifications, Optional.empty());
    }

    /** What the prefix of a query asks for. */
    public enum Mode {
        RUN,
        EXPLAIN,
        /** The plan after every rule that changed it. */
        EXPLAIN_VERBOSE,
        PROFILE
    }

    public QueryPlan {
        columns = List.copyOf(columns);
        notifications = List.copyOf(notifications);
    }

    /** A column of the answer. */
    public record ResultColumn(String name, Variable variable) {}
}
