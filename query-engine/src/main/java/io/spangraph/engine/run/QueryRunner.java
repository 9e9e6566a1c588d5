package io.spangraph.engine.run;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.model.table.TableName;
import java.util.Set;

/** Runs plans of every language: the one door to the engine. Safe for use by many threads. */
public interface QueryRunner {
    /** Optimises, plans and checks. The result may be kept and run by everyone with the same {@link PinScope}. */
    PreparedQuery prepare(QueryPlan query, PinScope scope);

    /** Runs a prepared query on the snapshots given. The caller closes the cursor. */
    ResultCursor run(PreparedQuery query, QueryContext context, SnapshotSet snapshots);

    /** A plan that is ready to run. */
    interface PreparedQuery {
        QueryPlan query();

        PinScope scope();

        /** The tables that it reads, so that whoever runs it can choose their snapshots and no others. */
        Set<TableName> tables();
    }

    /** For whom a plan was made: part of every plan cache's key. */
    enum PinScope {
        ONE_TENANT,
        ALL_TENANTS;

        public static PinScope of(Principal principal) {
            return principal.tenant().isPresent() ? ONE_TENANT : ALL_TENANTS;
        }
    }
}
