package io.spangraph.engine.optimize;

import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.FetchColumns;
import io.spangraph.engine.physical.PhysicalPlan.Limit;
import io.spangraph.engine.physical.PhysicalPlan.ProduceResults;
import io.spangraph.engine.physical.PhysicalPlan.Project;
import io.spangraph.engine.physical.PhysicalPlan.TopN;
import io.spangraph.engine.physical.PhysicalRule;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Plausible defects in the choice of operators. */
enum SeededChoice {
    FORGETS_TO_FETCH("ReadLate") {
        @Override
        PhysicalPlan spoil(PhysicalPlan plan) {
            return plan instanceof FetchColumns fetch ? withNulls(fetch) : plan;
        }
    };

    private final String rule;

    SeededChoice(String rule) {
        this.rule = rule;
    }

    String ruleName() {
        return rule;
    }

    /** What the defect makes of an operator. */
    abstract PhysicalPlan spoil(PhysicalPlan plan);

    private static PhysicalPlan withNulls(FetchColumns fetch) {
        List<Computed> items = new ArrayList<>();
        for (ColumnId column : fetch.input().columns()) {
            items.add(new Computed(column, new FieldRef(column.variable(), column.field())));
        }
        for (ColumnId column : fetch.template().columnIds()) {
            items.add(new Computed(column, new Literal(Value.NULL)));
        }
        return new Project(fetch.input(), items);
    }

    /** The choice with the defect, which shows in what stands above all joins. */
    PhysicalRule in(PhysicalRule sound) {
        return new PhysicalRule() {
            @Override
            public String name() {
                return sound.name();
            }

            @Override
            public String summary() {
                return SeededChoice.this.name();
            }

            @Override
            public PhysicalPlan apply(PhysicalPlan plan, Supplier<ColumnId> newColumns) {
                return everywhere(sound.apply(plan, newColumns));
            }
        };
    }

    private PhysicalPlan everywhere(PhysicalPlan plan) {
        return switch (spoil(plan)) {
            case ProduceResults results ->
                new ProduceResults(everywhere(results.input()), results.items(), results.names());
            case Project project -> new Project(everywhere(project.input()), project.items());
            case PhysicalPlan.Filter filter -> new PhysicalPlan.Filter(everywhere(filter.input()), filter.condition());
            case PhysicalPlan.Sort sort -> new PhysicalPlan.Sort(everywhere(sort.input()), sort.keys());
            case TopN top -> new TopN(everywhere(top.input()), top.keys(), top.skip(), top.limit(), top.each());
            case Limit limit -> new Limit(everywhere(limit.input()), limit.count(), limit.each());
            case PhysicalPlan other -> other;
        };
    }
}
