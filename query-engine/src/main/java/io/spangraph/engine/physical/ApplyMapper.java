package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan.ArgumentRows;
import io.spangraph.engine.physical.PhysicalPlan.OuterRow;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.value.Value;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs the inner side once for all outer rows: outer rows get ordinals, the ordinal travels through the inner side, and
 * tells in the end which inner row belongs to which outer row. An inner side that asks nothing of the outer rows is the
 * same for all of them and goes without.
 */
final class ApplyMapper {
    private final PlanMapper mapper;
    private final Deque<Scope> scopes = new ArrayDeque<>();

    ApplyMapper(PlanMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The apply whose inner side is being mapped.
     *
     * @param argument where the inner side starts
     * @param wanted columns that arguments were asked for
     */
    private record Scope(OuterRow row, Start argument, Set<ColumnId> wanted) {
        PhysicalPlan start() {
            return switch (argument) {
                case Start.Unknown unknown -> rows(wanted);
                case Start.OuterRows(List<ColumnId> columns) -> rows(columns);
                case Start.Nothing nothing -> new PhysicalPlan.SingleRow();
            };
        }

        private ArgumentRows rows(Collection<ColumnId> columns) {
            return new ArgumentRows(
                    row.apply(),
                    Stream.concat(columns.stream(), Stream.of(row.ordinal())).toList());
        }

        PhysicalPlan ordinals() {
            return new PhysicalPlan.Project(start(), List.of(PlanMapper.passOn(row.ordinal())));
        }
    }

    /** What an argument stands for. */
    private sealed interface Start {
        /** It is only found out which columns are wanted. */
        record Unknown() implements Start {}

        record OuterRows(List<ColumnId> columns) implements Start {}

        /** Nothing of the outer rows is wanted: the inner side runs over one row instead of all of them. */
        record Nothing() implements Start {}
    }

    /** Both sides of an apply. */
    private record Sides(OuterRow row, PhysicalPlan outer, PhysicalPlan inner) {
        /** Whether inner rows tell which outer row they belong to; if not, they belong to all. */
        boolean correlated() {
            return inner.columns().contains(row.ordinal());
        }

        /** Inner rows that tell it in any case. */
        PhysicalPlan innerOfEach() {
            return correlated() ? inner : ofEach(row, outer.columns(), inner);
        }
    }

    private static PhysicalPlan ofEach(OuterRow row, List<ColumnId> outer, PhysicalPlan rows) {
        Scope scope = new Scope(row, new Start.OuterRows(outer), Set.of());
        return new PhysicalPlan.NestedLoopJoin(scope.ordinals(), rows, Optional.empty());
    }

    PhysicalPlan map(LogicalPlan.Apply apply, Set<ColumnId> wanted) {
        Set<Variable> added = new LinkedHashSet<>(apply.inner().variables());
        apply.outer().variables().forEach(added::remove);
        Sides sides = sides(apply.outer(), apply.inner(), wanted, PlanMapper.restricted(wanted, added));
        PhysicalPlan inner = sides.innerOfEach();
        List<ColumnId> addedColumns = List.copyOf(PlanMapper.restricted(inner.columns(), added));
        return new PhysicalPlan.Apply(
                sides.row().apply(),
                apply.kind(),
                sides.outer(),
                inner,
                sides.row().ordinal(),
                addedColumns);
    }

    PhysicalPlan map(LogicalPlan.SemiApply apply, Set<ColumnId> wanted) {
        Sides sides = sides(apply.outer(), apply.inner(), wanted, Set.of());
        OuterRow row = sides.row();
        PhysicalPlan inner =
                sides.correlated() ? sides.inner() : ofEach(row, sides.outer().columns(), firstOf(sides.inner()));
        return new PhysicalPlan.SemiApply(row.apply(), apply.anti(), sides.outer(), inner, row.ordinal());
    }

    /** Whether there is a row at all is all that matters of rows that are the same for every outer row. */
    private static PhysicalPlan firstOf(PhysicalPlan rows) {
        return new PhysicalPlan.Limit(rows, new Literal(Value.of(1L)), Optional.empty());
    }

    PhysicalPlan map(LogicalPlan.RollUpApply apply, Set<ColumnId> wanted) {
        AggregateMapper aggregates = new AggregateMapper(mapper);
        Set<ColumnId> ofOuter = PlanMapper.without(wanted, Set.of(apply.result().variable()));
        Set<ColumnId> ofInner = aggregates.argumentDemand(apply.result().call());
        Sides sides = sides(apply.outer(), apply.inner(), ofOuter, ofInner);
        return new PhysicalPlan.RollUpApply(
                sides.row().apply(),
                sides.outer(),
                sides.inner(),
                Optional.of(sides.row().ordinal()).filter(ordinal -> sides.correlated()),
                aggregates.column(apply.result()));
    }

    /** Maps the inner side twice: first to learn what it wants of the outer rows, then for good. */
    private Sides sides(LogicalPlan outerPlan, LogicalPlan innerPlan, Set<ColumnId> wanted, Set<ColumnId> innerWanted) {
        boolean onlyLearning = Optional.ofNullable(scopes.peek())
                .map(scope -> scope.argument() instanceof Start.Unknown)
                .orElse(false);
        OuterRow row = new OuterRow(mapper.newId(), mapper.newColumn("#row"));
        Scope learning = new Scope(row, new Start.Unknown(), new LinkedHashSet<>());
        PhysicalPlan learned = mapInner(innerPlan, innerWanted, learning);
        Set<ColumnId> outerWanted =
                PlanMapper.restricted(PlanMapper.plus(wanted, learning.wanted()), outerPlan.variables());
        PhysicalPlan outer = mapper.map(outerPlan, outerWanted);
        if (onlyLearning) {
            // What is learned of this apply says all that an apply around it has to know.
            return new Sides(row, outer, learned);
        }
        Start start = learning.wanted().isEmpty() && !Volatility.isVolatile(innerPlan)
                ? new Start.Nothing()
                : new Start.OuterRows(outer.columns());
        return new Sides(row, outer, mapInner(innerPlan, innerWanted, new Scope(row, start, new LinkedHashSet<>())));
    }

    private PhysicalPlan mapInner(LogicalPlan inner, Set<ColumnId> wanted, Scope scope) {
        scopes.push(scope);
        try {
            return mapper.map(inner, wanted);
        } finally {
            scopes.pop();
        }
    }

    PhysicalPlan argument(Set<ColumnId> wanted) {
        Scope scope = scope().orElseThrow(() -> new IllegalStateException("an Argument outside of an Apply"));
        scope.wanted().addAll(wanted);
        return scope.start();
    }

    private Optional<Scope> scope() {
        return Optional.ofNullable(scopes.peek());
    }

    /** The ordinal of the apply whose inner side is being mapped, if these rows have it. */
    Optional<ColumnId> ordinalOf(PhysicalPlan plan) {
        return eachOf(plan).map(OuterRow::ordinal);
    }

    /** The outer row that each of these rows belongs to, if they belong to one. */
    Optional<OuterRow> eachOf(PhysicalPlan plan) {
        return scope().map(Scope::row).filter(row -> plan.columns().contains(row.ordinal()));
    }

    /** Both plans, so that their rows belong to one outer row each, or to none. */
    List<PhysicalPlan> alike(PhysicalPlan left, PhysicalPlan right) {
        Optional<ColumnId> ofLeft = ordinalOf(left);
        Optional<ColumnId> ofRight = ordinalOf(right);
        if (ofLeft.isPresent() == ofRight.isPresent()) {
            return List.of(left, right);
        }
        return ofLeft.isPresent() ? List.of(left, ofEach(right)) : List.of(ofEach(left), right);
    }

    private PhysicalPlan ofEach(PhysicalPlan rows) {
        PhysicalPlan ordinals = scope().orElseThrow().ordinals();
        return new PhysicalPlan.NestedLoopJoin(ordinals, rows, Optional.empty());
    }
}
