package io.spangraph.engine.physical;

import io.spangraph.engine.physical.PhysicalPlan.AggregateColumn;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.row.ColumnId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces operators of a plan by others, from the top on, and tells for each what columns somebody above reads: what
 * replaces it need have no others.
 */
final class WantedColumns {
    private final Replacement replacement;
    /** All who read shared rows read the same. */
    private final Map<Integer, PhysicalPlan> shared = new HashMap<>();

    WantedColumns(Replacement replacement) {
        this.replacement = replacement;
    }

    /** What stands in place of an operator. */
    @FunctionalInterface
    interface Replacement {
        /**
         * Empty if the operator stays, and its inputs are looked at.
         *
         * @param wanted columns of the plan that somebody above reads
         */
        Optional<PhysicalPlan> of(PhysicalPlan plan, Collection<ColumnId> wanted);
    }

    PhysicalPlan rewritten(PhysicalPlan plan) {
        return rewritten(plan, plan.columns());
    }

    private PhysicalPlan rewritten(PhysicalPlan plan, Collection<ColumnId> wanted) {
        return replacement.of(plan, wanted).orElseGet(() -> withInputs(plan, wanted));
    }

    private PhysicalPlan withInputs(PhysicalPlan plan, Collection<ColumnId> wanted) {
        return switch (plan) {
            case PhysicalPlan.Project project ->
                over(project, project.input(), ofItems(project.items(), project.input()));
            case PhysicalPlan.ProduceResults results ->
                over(results, results.input(), ofItems(results.items(), results.input()));
            case PhysicalPlan.Filter filter -> {
                Set<ColumnId> below = new LinkedHashSet<>(wanted);
                below.addAll(ColumnUse.of(filter.condition(), filter.input().columns()));
                yield over(filter, filter.input(), below);
            }
            case PhysicalPlan.Aggregate aggregate -> over(aggregate, aggregate.input(), ofAggregate(aggregate));
            case PhysicalPlan.MetadataAggregate aggregate -> aggregate;
            case PhysicalPlan.Shared reader -> shared(reader);
            case PhysicalPlan same -> PhysicalInputs.map(same, input -> rewritten(input, input.columns()));
        };
    }

    private PhysicalPlan shared(PhysicalPlan.Shared reader) {
        PhysicalPlan known = shared.get(reader.id());
        if (known == null) {
            known = PhysicalInputs.map(reader, input -> rewritten(input, input.columns()));
            shared.put(reader.id(), known);
        }
        return known;
    }

    private PhysicalPlan over(PhysicalPlan plan, PhysicalPlan input, Collection<ColumnId> wanted) {
        return PhysicalInputs.map(plan, same -> rewritten(input, wanted));
    }

    private static Set<ColumnId> ofItems(List<Computed> items, PhysicalPlan input) {
        return ColumnUse.of(items.stream().map(Computed::expression).toList(), input.columns());
    }

    private static Set<ColumnId> ofAggregate(PhysicalPlan.Aggregate aggregate) {
        Set<ColumnId> columns = new LinkedHashSet<>(aggregate.keys());
        columns.addAll(aggregate.identity());
        for (AggregateColumn column : aggregate.aggregates()) {
            columns.addAll(ofAggregate(column, aggregate.input().columns()));
        }
        return columns;
    }

    /** What an aggregate is made of. */
    static Set<ColumnId> ofAggregate(AggregateColumn column, Collection<ColumnId> rows) {
        Set<ColumnId> columns = new LinkedHashSet<>(ColumnUse.of(column.arguments(), rows));
        columns.addAll(column.identity());
        return columns;
    }

    /** The plan with those of its columns that are wanted. */
    static PhysicalPlan only(PhysicalPlan plan, List<ColumnId> wanted) {
        return wanted.equals(plan.columns())
                ? plan
                : new PhysicalPlan.Project(
                        plan, wanted.stream().map(PlanMapper::passOn).toList());
    }
}
