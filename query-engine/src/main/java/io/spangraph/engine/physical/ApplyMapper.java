package io.spangraph.engine.physical;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.join.JoinKind;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan.AggregateColumn;
import io.spangraph.engine.physical.PhysicalPlan.ArgumentRows;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs the inner side once for all outer rows: outer rows get ordinals, the ordinal travels through the inner side, and
 * tells in the end which inner row belongs to which outer row.
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
     * @param outer columns of the outer rows; empty while it is only found out which are wanted
     * @param wanted columns that arguments were asked for
     */
    private record Scope(int id, ColumnId ordinal, Optional<List<ColumnId>> outer, Set<ColumnId> wanted) {
        ArgumentRows argument() {
            return new ArgumentRows(
                    id,
                    Stream.concat(outer.orElseGet(() -> List.copyOf(wanted)).stream(), Stream.of(ordinal))
                            .toList());
        }
    }

    /** Both sides of an apply. */
    private record Sides(int id, ColumnId ordinal, PhysicalPlan outer, PhysicalPlan inner) {}

    PhysicalPlan map(LogicalPlan.Apply apply, Set<ColumnId> wanted) {
        Set<Variable> added = new LinkedHashSet<>(apply.inner().variables());
        apply.outer().variables().forEach(added::remove);
        Sides sides = sides(apply.outer(), apply.inner(), wanted, PlanMapper.restricted(wanted, added));
        List<ColumnId> addedColumns =
                List.copyOf(PlanMapper.restricted(sides.inner().columns(), added));
        return new PhysicalPlan.Apply(
                sides.id(), apply.kind(), sides.outer(), sides.inner(), sides.ordinal(), addedColumns);
    }

    PhysicalPlan map(LogicalPlan.SemiApply apply, Set<ColumnId> wanted) {
        Sides sides = sides(apply.outer(), apply.inner(), wanted, Set.of());
        return new PhysicalPlan.SemiApply(sides.id(), apply.anti(), sides.outer(), sides.inner(), sides.ordinal());
    }

    PhysicalPlan map(LogicalPlan.RollUpApply apply, Set<ColumnId> wanted) {
        AggregateMapper aggregates = new AggregateMapper(mapper);
        Set<ColumnId> ofOuter = PlanMapper.without(wanted, Set.of(apply.result().variable()));
        Set<ColumnId> ofInner = aggregates.argumentDemand(apply.result().call());
        Sides sides = sides(apply.outer(), apply.inner(), ofOuter, ofInner);
        return new PhysicalPlan.RollUpApply(
                sides.id(), sides.outer(), sides.inner(), sides.ordinal(), aggregates.column(apply.result()));
    }

    /** Maps the inner side twice: first to learn what it wants of the outer rows, then for good. */
    private Sides sides(LogicalPlan outerPlan, LogicalPlan innerPlan, Set<ColumnId> wanted, Set<ColumnId> innerWanted) {
        int id = mapper.newId();
        ColumnId ordinal = mapper.newColumn("#row");
        Scope learning = new Scope(id, ordinal, Optional.empty(), new LinkedHashSet<>());
        mapInner(innerPlan, innerWanted, learning);
        Set<ColumnId> outerWanted =
                PlanMapper.restricted(PlanMapper.plus(wanted, learning.wanted()), outerPlan.variables());
        PhysicalPlan outer = mapper.map(outerPlan, outerWanted);
        Scope known = new Scope(id, ordinal, Optional.of(outer.columns()), new LinkedHashSet<>());
        return new Sides(id, ordinal, outer, mapInner(innerPlan, innerWanted, known));
    }

    private PhysicalPlan mapInner(LogicalPlan inner, Set<ColumnId> wanted, Scope scope) {
        scopes.push(scope);
        try {
            PhysicalPlan mapped = mapper.map(inner, wanted);
            return mapped.columns().contains(scope.ordinal())
                    ? mapped
                    : new PhysicalPlan.NestedLoopJoin(ordinals(scope), mapped, Optional.empty());
        } finally {
            scopes.pop();
        }
    }

    private static PhysicalPlan ordinals(Scope scope) {
        return new PhysicalPlan.Project(scope.argument(), List.of(PlanMapper.passOn(scope.ordinal())));
    }

    PhysicalPlan argument(Set<ColumnId> wanted) {
        Scope scope = Optional.ofNullable(scopes.peek())
                .orElseThrow(() -> new IllegalStateException("an Argument outside of an Apply"));
        scope.wanted().addAll(wanted);
        return scope.argument();
    }

    /** The ordinal of the apply whose inner side is being mapped, if these rows have it. */
    Optional<ColumnId> ordinalOf(PhysicalPlan plan) {
        return Optional.ofNullable(scopes.peek())
                .map(Scope::ordinal)
                .filter(ordinal -> plan.columns().contains(ordinal));
    }

    /** What counts rows over the whole inner side would not count them for each outer row. */
    void refuseInSubquery(String clause) {
        if (!scopes.isEmpty()) {
            throw QueryException.of(
                            QueryErrorCode.UNSUPPORTED,
                            clause + " inside a subquery or an OPTIONAL MATCH is not supported yet.")
                    .withHint("Collect the rows and take a slice of the list: collect(x)[..n].");
        }
    }

    /** Grouped by the ordinal alone, an outer row without inner rows has no group; here it gets the empty one. */
    PhysicalPlan oneGroupForEach(PhysicalPlan grouped, List<AggregateColumn> aggregates) {
        Scope scope = scopes.getFirst();
        ColumnId renamed = mapper.newColumn("#row");
        List<Computed> probeItems = new ArrayList<>();
        probeItems.add(new Computed(renamed, PlanMapper.reference(scope.ordinal())));
        List<Computed> items = new ArrayList<>();
        items.add(PlanMapper.passOn(scope.ordinal()));
        for (AggregateColumn aggregate : aggregates) {
            probeItems.add(PlanMapper.passOn(aggregate.column()));
            Expression value = PlanMapper.reference(aggregate.column());
            items.add(new Computed(
                    aggregate.column(),
                    ofNothing(aggregate.call().function())
                            .<Expression>map(empty -> new FunctionCall("coalesce", List.of(value, new Literal(empty))))
                            .orElse(value)));
        }
        PhysicalPlan joined = new PhysicalPlan.HashJoin(
                JoinKind.LEFT_OUTER,
                ordinals(scope),
                new PhysicalPlan.Project(grouped, probeItems),
                List.of(new KeyPair(scope.ordinal(), renamed)),
                Optional.empty());
        return new PhysicalPlan.Project(joined, items);
    }

    private static Optional<Value> ofNothing(AggregateFunction function) {
        return switch (function) {
            case COUNT_ROWS, COUNT, SUM -> Optional.of(Value.of(0L));
            case COLLECT -> Optional.of(Value.of(List.of()));
            case STDEV, STDEVP -> Optional.of(Value.of(0.0));
            case AVG, MIN, MAX, PERCENTILE_CONT, PERCENTILE_DISC -> Optional.empty();
        };
    }
}
