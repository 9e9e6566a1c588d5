package io.spangraph.engine.physical;

import io.spangraph.engine.physical.PhysicalPlan.AggregateColumn;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.ScopeScan;
import io.spangraph.engine.row.ColumnId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads a table once where its rows are joined to each other inside scopes, and follows the edges by row numbers.
 *
 * <pre>{@code
 * HashJoin: c.trace_id = p.trace_id, c.far = p.key       ScopeScan: (c)-->(p) IN tenant_id, trace_id
 *   Scan: c:Span                                    =>
 *   Scan: p:Span
 * }</pre>
 *
 * Rows of a scope are neighbours in a table that is sorted by it, so that a block of rows holds both ends of nearly all of
 * its edges; scopes that lie in several places are put together by the references of their rows. The joins stay at hand
 * for a table that turns out not to be in that order.
 */
public final class ReadScopeOnce implements PhysicalRule {
    @Override
    public String summary() {
        return "Reads a table once where its rows are joined to each other inside scopes, and follows the edges by row"
                + " numbers.";
    }

    @Override
    public PhysicalPlan apply(PhysicalPlan plan, Supplier<ColumnId> newColumns) {
        return new Rewriting().rewritten(plan, plan.columns());
    }

    /** The rewriting of one plan. */
    private static final class Rewriting {
        /** All who read shared rows read the same. */
        private final Map<Integer, PhysicalPlan> shared = new HashMap<>();

        /** @param wanted the columns that somebody above reads */
        private PhysicalPlan rewritten(PhysicalPlan plan, Collection<ColumnId> wanted) {
            Optional<ScopePattern> pattern = ScopePatterns.of(plan);
            if (pattern.isPresent()) {
                return scan(pattern.get(), plan, wanted);
            }
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
                case PhysicalPlan other -> PhysicalInputs.map(other, input -> rewritten(input, input.columns()));
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
    }

    private static Set<ColumnId> ofItems(List<Computed> items, PhysicalPlan input) {
        return ColumnUse.of(items.stream().map(Computed::expression).toList(), input.columns());
    }

    private static Set<ColumnId> ofAggregate(PhysicalPlan.Aggregate aggregate) {
        Set<ColumnId> columns = new LinkedHashSet<>(aggregate.keys());
        columns.addAll(aggregate.identity());
        for (AggregateColumn column : aggregate.aggregates()) {
            columns.addAll(ColumnUse.of(column.arguments(), aggregate.input().columns()));
            columns.addAll(column.identity());
        }
        return columns;
    }

    private static PhysicalPlan scan(ScopePattern pattern, PhysicalPlan joins, Collection<ColumnId> wanted) {
        List<ColumnId> columns =
                joins.columns().stream().filter(Set.copyOf(wanted)::contains).toList();
        PhysicalPlan otherwise = columns.equals(joins.columns())
                ? joins
                : new PhysicalPlan.Project(
                        joins, columns.stream().map(PlanMapper::passOn).toList());
        return new ScopeScan(pattern, columns, otherwise);
    }
}
