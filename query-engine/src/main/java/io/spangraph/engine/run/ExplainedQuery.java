package io.spangraph.engine.run;

import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;

/** The answer to an EXPLAIN: the plan, and no rows. Nothing was read but metadata. */
record ExplainedQuery(QueryPlan query, PlanDescription description, QueryScans scans) implements ResultCursor {
    @Override
    public List<String> columns() {
        return query.columns().stream().map(ResultColumn::name).toList();
    }

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public List<Value> row() {
        throw new IllegalStateException("an explained query has no rows");
    }

    @Override
    public List<Notification> notifications() {
        return query.notifications();
    }

    @Override
    public Optional<PlanDescription> plan() {
        return Optional.of(description);
    }

    @Override
    public Receipt receipt() {
        return scans.receipt(0, 0);
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
