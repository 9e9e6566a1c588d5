package io.spangraph.engine.procedure;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a procedure may know. Whatever depends on rows of the graph comes through {@link #rows}, which is the path of
 * every query: with the tenant pin, the limits, the deadline and the receipt of the query that calls the procedure.
 */
public interface ProcedureContext {
    GraphSchema schema();

    QueryContext query();

    ServerFacts server();

    /** The columns of a table, as its catalog has them now. */
    Optional<TableSchema> table(TableName name);

    /** The rows of a plan as values of these variables. Whoever takes the stream closes it. */
    Stream<List<Value>> rows(LogicalPlan plan, List<Variable> columns);

    default Principal principal() {
        return query().principal();
    }
}
