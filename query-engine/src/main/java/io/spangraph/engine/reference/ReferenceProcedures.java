package io.spangraph.engine.reference;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.ProcedureCall;
import io.spangraph.engine.plan.LogicalPlan.YieldItem;
import io.spangraph.engine.procedure.Procedure;
import io.spangraph.engine.procedure.ProcedureContext;
import io.spangraph.engine.procedure.Procedures;
import io.spangraph.engine.procedure.ServerFacts;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Calls procedures row by row. The bodies are those of the engine; the plans that they run are evaluated here. */
record ReferenceProcedures(
        GraphSchema schema,
        QueryContext query,
        Map<TableName, ReferenceTable> tables,
        ReferenceExpressions expressions,
        BiFunction<LogicalPlan, List<Variable>, List<List<Value>>> plans)
        implements ProcedureContext {

    List<ReferenceRow> rows(ProcedureCall call, List<ReferenceRow> input) {
        Procedure procedure = Procedures.require(call.procedure());
        List<ReferenceRow> result = new ArrayList<>();
        for (ReferenceRow row : input) {
            List<Value> arguments = call.arguments().stream()
                    .map(argument -> expressions.evaluate(argument, row))
                    .toList();
            try (Stream<List<Value>> found = procedure.rows(arguments, this)) {
                found.forEach(values -> result.add(bind(call, procedure, values, row)));
            }
        }
        return result;
    }

    private static ReferenceRow bind(ProcedureCall call, Procedure procedure, List<Value> values, ReferenceRow row) {
        ReferenceRow bound = row;
        for (YieldItem item : call.yields()) {
            bound = bound.with(item.variable(), new Bound.Plain(values.get(procedure.position(item.column()))));
        }
        return bound;
    }

    @Override
    public ServerFacts server() {
        return ServerFacts.NO_SERVER;
    }

    @Override
    public Optional<TableSchema> table(TableName name) {
        return Optional.ofNullable(tables.get(name)).map(ReferenceTable::schema);
    }

    @Override
    public Stream<List<Value>> rows(LogicalPlan plan, List<Variable> columns) {
        return plans.apply(plan, columns).stream();
    }
}
