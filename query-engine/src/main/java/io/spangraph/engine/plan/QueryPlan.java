package io.spangraph.engine.plan;

import io.spangraph.engine.expr.Variable;
import java.util.List;

/**
 * A translated query: the plan and the names under which its variables are answered.
 *
 * @param mode whether to run it, to explain it, or both
 */
public record QueryPlan(Mode mode, LogicalPlan plan, List<ResultColumn> columns, List<Notification> notifications) {
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
