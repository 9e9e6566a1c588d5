package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.physical.PhysicalPlan.AggregateColumn;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.HashJoin;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.physical.PhysicalPlan.OuterRow;
import io.spangraph.engine.physical.PhysicalPlan.SortColumn;
import io.spangraph.engine.row.ColumnId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Leaves out of joins the columns that nobody above them reads, such as their keys: a join copies what it gives, row by
 * row. Where it is not known what an operator reads, it reads all.
 */
final class UnreadColumns {
    private UnreadColumns() {}

    static PhysicalPlan dropped(PhysicalPlan plan) {
        return below(plan, Set.copyOf(plan.columns()));
    }

    /** The columns of a join that are read. */
    static List<ColumnId> left(HashJoin join) {
        return both(join).stream()
                .filter(column -> !join.unread().contains(column))
                .toList();
    }

    private static List<ColumnId> both(HashJoin join) {
        List<ColumnId> build = join.kind().givesBuildColumns() ? join.build().columns() : List.of();
        List<ColumnId> probe = join.kind().givesProbeColumns() ? join.probe().columns() : List.of();
        return join.swapped() ? PhysicalInputs.joined(probe, build) : PhysicalInputs.joined(build, probe);
    }

    /** @param read columns of the plan that somebody above asks for */
    private static PhysicalPlan below(PhysicalPlan plan, Set<ColumnId> read) {
        return switch (plan) {
            case HashJoin join -> join(join, read);
            case PhysicalPlan.Project project -> project(project, read);
            case PhysicalPlan.ProduceResults results -> over(results, results.input(), expressions(results.items()));
            case PhysicalPlan.Filter filter -> over(filter, filter.input(), List.of(filter.condition()), read);
            case PhysicalPlan.NestedLoopJoin join -> {
                Set<ColumnId> all = plus(read, used(join.condition().stream().toList(), join.columns()));
                yield PhysicalInputs.map(join, input -> below(input, all));
            }
            case PhysicalPlan.FetchColumns fetch ->
                over(fetch, fetch.input(), List.of(), read, List.of(fetch.reference()));
            case PhysicalPlan.Unwind unwind -> over(unwind, unwind.input(), List.of(unwind.list()), read);
            case PhysicalPlan.Aggregate aggregate ->
                over(
                        aggregate,
                        aggregate.input(),
                        arguments(aggregate.aggregates()),
                        aggregate.keys(),
                        aggregate.identity(),
                        identities(aggregate.aggregates()));
            case PhysicalPlan.AggregateOfEach aggregate ->
                over(
                        aggregate,
                        aggregate.input(),
                        arguments(aggregate.aggregates()),
                        List.of(aggregate.each().ordinal()),
                        identities(aggregate.aggregates()));
            case PhysicalPlan.Distinct distinct ->
                over(distinct, distinct.input(), List.of(), read, distinct.identity());
            case PhysicalPlan.Sort sort -> over(sort, sort.input(), List.of(), read, columns(sort.keys()));
            case PhysicalPlan.TopN top ->
                over(top, top.input(), List.of(), read, columns(top.keys()), ordinals(top.each()));
            case PhysicalPlan.Skip skip -> over(skip, skip.input(), List.of(), read, ordinals(skip.each()));
            case PhysicalPlan.Limit limit -> over(limit, limit.input(), List.of(), read, ordinals(limit.each()));
            case PhysicalPlan.ScopeScan scan ->
                new PhysicalPlan.ScopeScan(
                        scan.pattern(),
                        scan.reads(),
                        scan.grouping(),
                        below(scan.otherwise(), Set.copyOf(scan.columns())));
            case PhysicalPlan other -> PhysicalInputs.map(other, input -> below(input, Set.copyOf(input.columns())));
        };
    }

    private static PhysicalPlan join(HashJoin join, Set<ColumnId> read) {
        List<ColumnId> sides =
                PhysicalInputs.joined(join.build().columns(), join.probe().columns());
        Set<ColumnId> needed = plus(read, used(join.residual().stream().toList(), sides));
        Set<ColumnId> ofBuild =
                plus(needed, join.keys().stream().map(KeyPair::build).toList());
        Set<ColumnId> ofProbe =
                plus(needed, join.keys().stream().map(KeyPair::probe).toList());
        Set<ColumnId> unread = new HashSet<>(both(join));
        unread.removeAll(read);
        return new HashJoin(
                join.kind(),
                below(join.build(), ofBuild),
                below(join.probe(), ofProbe),
                join.keys(),
                join.residual(),
                unread,
                join.swapped());
    }

    /** What is made of a join's columns is left out if nobody reads it; what may fail stays. */
    private static PhysicalPlan project(PhysicalPlan.Project project, Set<ColumnId> read) {
        PhysicalPlan input = project.input();
        List<Computed> items = project.items().stream()
                .filter(item ->
                        !(input instanceof HashJoin) || read.contains(item.column()) || !isSafe(item.expression()))
                .toList();
        return new PhysicalPlan.Project(below(input, used(expressions(items), input.columns())), items);
    }

    /** Whether nothing can go wrong with an expression. */
    private static boolean isSafe(Expression expression) {
        return switch (expression) {
            case Expression.FieldRef column -> true;
            case Expression.VariableRef variable -> true;
            case Expression.Literal literal -> true;
            case Expression.IsNull isNull -> isSafe(isNull.operand());
            case Expression.Case choice ->
                ExpressionTree.children(choice).stream().allMatch(UnreadColumns::isSafe);
            case Expression other -> PlanMapper.plainColumn(other).isPresent();
        };
    }

    /** An operator over an input of which it reads what the expressions use, and further columns. */
    @SafeVarargs
    private static PhysicalPlan over(
            PhysicalPlan plan, PhysicalPlan input, List<Expression> expressions, Collection<ColumnId>... columns) {
        Set<ColumnId> read = used(expressions, input.columns());
        for (Collection<ColumnId> further : columns) {
            read.addAll(further);
        }
        return PhysicalInputs.map(plan, any -> below(any, read));
    }

    private static Set<ColumnId> used(List<Expression> expressions, List<ColumnId> rows) {
        return new HashSet<>(ColumnUse.of(expressions, rows));
    }

    private static Set<ColumnId> plus(Set<ColumnId> columns, Collection<ColumnId> further) {
        Set<ColumnId> all = new HashSet<>(columns);
        all.addAll(further);
        return all;
    }

    private static List<Expression> expressions(List<Computed> items) {
        return items.stream().map(Computed::expression).toList();
    }

    private static List<Expression> arguments(List<AggregateColumn> aggregates) {
        return aggregates.stream()
                .flatMap(aggregate -> aggregate.arguments().stream())
                .toList();
    }

    private static List<ColumnId> identities(List<AggregateColumn> aggregates) {
        return aggregates.stream()
                .flatMap(aggregate -> aggregate.identity().stream())
                .toList();
    }

    private static List<ColumnId> columns(List<SortColumn> keys) {
        return keys.stream().map(SortColumn::column).toList();
    }

    private static List<ColumnId> ordinals(Optional<OuterRow> each) {
        return each.map(OuterRow::ordinal).stream().toList();
    }
}
