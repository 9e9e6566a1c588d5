package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.GraphSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns an optimised logical plan into operators. On the way down it collects which columns each part must provide, so
 * that scans read what somebody uses and nothing else.
 */
public final class PhysicalPlanner {
    private final GraphSchema schema;
    private final List<PhysicalRule> rules;

    public PhysicalPlanner(GraphSchema schema) {
        this(schema, PhysicalRules.ALL);
    }

    /** Plans with choices of the caller's, as tests compare them. */
    public PhysicalPlanner(GraphSchema schema, List<PhysicalRule> rules) {
        this.schema = schema;
        this.rules = List.copyOf(rules);
    }

    /** The operators that give these columns of the plan as the rows of an answer. */
    public PhysicalPlan plan(LogicalPlan plan, List<ResultColumn> columns) {
        ColumnDemand demand = new ColumnDemand(schema, VariableTypes.of(plan));
        Set<ColumnId> wanted = new LinkedHashSet<>();
        List<Computed> items = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Variable source = columns.get(i).variable();
            wanted.addAll(demand.whole(source));
            Variable result = new Variable(columns.get(i).name(), resultId(i), Variable.Kind.VALUE);
            items.add(new Computed(ColumnId.of(result), (Expression) new VariableRef(source)));
        }
        PlanMapper mapper = new PlanMapper(schema, plan);
        PhysicalPlan rows = mapper.map(plan, wanted);
        List<String> names = columns.stream().map(ResultColumn::name).toList();
        PhysicalPlan results = new PhysicalPlan.ProduceResults(rows, items, names);
        for (PhysicalRule rule : rules) {
            results = rule.apply(results, () -> mapper.newColumn("row"));
        }
        return UnreadColumns.dropped(results);
    }

    /** Below all ids that a plan's variables have, so that results never collide with them. */
    private static int resultId(int column) {
        return Integer.MIN_VALUE + column;
    }
}
