package io.spangraph.cypher.translate;

import io.spangraph.cypher.bind.Scope;
import io.spangraph.engine.plan.LogicalPlan;

/** A query up to one of its clauses: what gives its rows, and the names under which they are known. */
record Part(LogicalPlan plan, Scope scope) {
    static Part start() {
        return new Part(new LogicalPlan.SingleRow(), Scope.EMPTY);
    }

    /** True when there are no rows before but the one that every query starts from. */
    boolean isStart() {
        return plan instanceof LogicalPlan.SingleRow;
    }
}
