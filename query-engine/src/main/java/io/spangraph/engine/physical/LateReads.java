package io.spangraph.engine.physical;

import io.spangraph.engine.exec.join.JoinKind;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.physical.LatePart.Compute;
import io.spangraph.engine.physical.LatePart.Step;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.HashJoin;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.physical.PhysicalPlan.Project;
import io.spangraph.engine.physical.PhysicalPlan.SortColumn;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** How far up in a plan the columns can wait that {@link ReadLate} leaves out of scans. */
final class LateReads {
    /** Of an order that is no longer the table's, so many rows are fetched. */
    private static final long MAX_SCATTERED_ROWS = 10_000;

    private final Supplier<ColumnId> references;
    private final Map<Integer, PhysicalPlan> shared = new HashMap<>();

    /** @param references makes a new column */
    LateReads(Supplier<ColumnId> references) {
        this.references = references;
    }

    PhysicalPlan settled(PhysicalPlan plan) {
        return part(plan, false).settled();
    }

    /** @param few whether a limit above lets only few rows through, and nothing in between asks for more */
    private LatePart part(PhysicalPlan plan, boolean few) {
        return switch (plan) {
            case PhysicalPlan.TableScan scan -> new LateScan(scan, references).part();
            case PhysicalPlan.Filter filter -> filter(filter, few);
            case Project project -> project(project, few);
            case HashJoin join -> join(join, few);
            case PhysicalPlan.TopN top ->
                isFew(top.limit())
                        ? narrowed(
                                top, top.keys().stream().map(SortColumn::column).toList(), true)
                        : settledInputs(top);
            case PhysicalPlan.Limit limit -> narrowed(limit, List.of(), few || isFew(limit.count()));
            case PhysicalPlan.Skip skip -> passed(skip, part(skip.input(), few), false);
            case PhysicalPlan.Sort sort ->
                few
                        ? narrowedOrNot(
                                sort,
                                sort.keys().stream().map(SortColumn::column).toList(),
                                true,
                                false)
                        : settledInputs(sort);
            case PhysicalPlan.Distinct distinct -> narrowed(distinct, distinct.identity(), few);
            case PhysicalPlan.Apply apply -> few ? apply(apply) : settledInputs(apply);
            case PhysicalPlan.Shared reader -> LatePart.of(shared(reader));
            case PhysicalPlan.Aggregate aggregate -> few ? aggregate(aggregate) : settledInputs(aggregate);
            case PhysicalPlan other -> settledInputs(other);
        };
    }

    private static boolean isFew(Expression limit) {
        return !(limit instanceof Literal(Value.IntegerValue(long rows))) || rows <= MAX_SCATTERED_ROWS;
    }

    private LatePart settledInputs(PhysicalPlan plan) {
        List<PhysicalPlan> inputs = plan.inputs().stream().map(this::settled).toList();
        return LatePart.of(inputs.isEmpty() ? plan : PhysicalInputs.with(plan, inputs));
    }

    /** All who read the rows read the same. */
    private PhysicalPlan shared(PhysicalPlan.Shared reader) {
        PhysicalPlan known = shared.get(reader.id());
        if (known == null) {
            known = new PhysicalPlan.Shared(reader.id(), settled(reader.input()));
            shared.put(reader.id(), known);
        }
        return known;
    }

    private LatePart narrowed(PhysicalPlan plan, Collection<ColumnId> asked, boolean few) {
        return narrowedOrNot(plan, asked, few, true);
    }

    private LatePart narrowedOrNot(PhysicalPlan plan, Collection<ColumnId> asked, boolean few, boolean narrows) {
        LatePart below = part(plan.inputs().getFirst(), few);
        return passed(plan, below.waitsForAny(asked) ? LatePart.of(below.settled()) : below, narrows);
    }

    private static LatePart passed(PhysicalPlan plan, LatePart below, boolean narrows) {
        return new LatePart(
                PhysicalInputs.with(plan, List.of(below.early())),
                PhysicalInputs.with(plan, List.of(below.lean())),
                below.steps(),
                below.pays() || narrows);
    }

    /** What needs no column that waits is asked first. */
    private LatePart filter(PhysicalPlan.Filter filter, boolean few) {
        LatePart below = part(filter.input(), few);
        List<Expression> cheap = new ArrayList<>();
        List<Expression> costly = new ArrayList<>();
        for (Expression conjunct : Conjunction.split(filter.condition())) {
            (below.reads(conjunct) ? costly : cheap).add(conjunct);
        }
        LatePart first = cheap.isEmpty()
                ? below
                : passed(new PhysicalPlan.Filter(filter.input(), Conjunction.of(cheap)), below, true);
        return costly.isEmpty() ? first : LatePart.of(new PhysicalPlan.Filter(first.settled(), Conjunction.of(costly)));
    }

    private LatePart project(Project project, boolean few) {
        LatePart below = part(project.input(), few);
        List<Computed> now = new ArrayList<>();
        List<Computed> later = new ArrayList<>();
        for (Computed item : project.items()) {
            (below.reads(item.expression()) ? later : now).add(item);
        }
        if (later.isEmpty()) {
            return LatePart.of(new Project(below.lean(), now));
        }
        if (later.stream().anyMatch(item -> Volatility.isVolatile(item.expression()))) {
            return LatePart.of(new Project(below.settled(), project.items()));
        }
        List<Computed> computed = later.stream().filter(item -> !passesOn(item)).toList();
        List<Step> steps = new ArrayList<>(below.steps());
        if (!computed.isEmpty()) {
            steps.add(new Compute(computed));
        }
        LatePart wider = new LatePart(below.early(), below.lean(), steps, below.pays());
        List<ColumnId> visible = later.stream().map(Computed::column).toList();
        for (ColumnId column : wider.needed(visible)) {
            List<Computed> same =
                    now.stream().filter(item -> item.column().equals(column)).toList();
            if (same.isEmpty()) {
                now.add(PlanMapper.passOn(column));
            } else if (!passesOn(same.getFirst())) {
                return LatePart.of(new Project(below.settled(), project.items()));
            }
        }
        return new LatePart(
                new Project(below.early(), project.items()),
                new Project(below.lean(), now),
                wider.necessary(visible),
                below.pays());
    }

    private static boolean passesOn(Computed item) {
        return PlanMapper.plainColumn(item.expression())
                .map(item.column()::equals)
                .orElse(false);
    }

    private LatePart join(HashJoin join, boolean few) {
        boolean pairs = join.kind().givesPairs();
        LatePart build = part(join.build(), few);
        LatePart probe = part(join.probe(), few);
        // Rows of the build side come in any order, and perhaps many times.
        boolean scattered = pairs && !few;
        if (scattered
                || !join.kind().givesBuildColumns()
                || build.waitsForAny(join.keys().stream().map(KeyPair::build).toList())
                || join.kind() == JoinKind.RIGHT_OUTER && build.computes()
                || join.residual().map(build::reads).orElse(false)) {
            build = LatePart.of(build.settled());
        }
        if (!join.kind().givesProbeColumns()
                || join.kind() == JoinKind.LEFT_OUTER && probe.computes()
                || probe.waitsForAny(join.keys().stream().map(KeyPair::probe).toList())
                || join.residual().map(probe::reads).orElse(false)) {
            probe = LatePart.of(probe.settled());
        }
        List<Step> steps = new ArrayList<>(build.steps());
        steps.addAll(probe.steps());
        return new LatePart(
                PhysicalInputs.with(join, List.of(build.early(), probe.early())),
                PhysicalInputs.with(join, List.of(build.lean(), probe.lean())),
                steps,
                true);
    }

    /** The outer rows stay as they are, because the inner side starts from them. */
    private LatePart apply(PhysicalPlan.Apply apply) {
        PhysicalPlan outer = settled(apply.outer());
        LatePart inner = part(apply.inner(), true);
        if (apply.kind() == ApplyKind.OPTIONAL && inner.computes()) {
            inner = LatePart.of(inner.settled());
        }
        Set<ColumnId> waiting = inner.waiting();
        Set<ColumnId> added = new LinkedHashSet<>(apply.added());
        added.removeAll(waiting);
        added.addAll(inner.needed(apply.added()));
        boolean clash = outer.columns().stream().anyMatch(added::contains);
        if (!inner.waits() || clash) {
            return LatePart.of(PhysicalInputs.with(apply, List.of(outer, inner.settled())));
        }
        return new LatePart(
                PhysicalInputs.with(apply, List.of(outer, inner.early())),
                new PhysicalPlan.Apply(
                        apply.id(), apply.kind(), outer, inner.lean(), apply.ordinal(), List.copyOf(added)),
                inner.necessary(apply.added()),
                true);
    }

    /** Of a group, columns that do not tell groups apart may wait: the reference of one of its rows goes with it. */
    private LatePart aggregate(PhysicalPlan.Aggregate aggregate) {
        LatePart below = part(aggregate.input(), true);
        boolean asked = below.waitsForAny(aggregate.identity())
                || aggregate.aggregates().stream()
                        .anyMatch(column -> below.waitsForAny(column.identity())
                                || column.arguments().stream().anyMatch(below::reads));
        if (asked || below.computes() || !below.waits()) {
            return LatePart.of(PhysicalInputs.with(aggregate, List.of(below.settled())));
        }
        Set<ColumnId> keys = new LinkedHashSet<>(aggregate.keys());
        keys.removeAll(below.waiting());
        keys.addAll(below.needed(aggregate.keys()));
        return new LatePart(
                PhysicalInputs.with(aggregate, List.of(below.early())),
                new PhysicalPlan.Aggregate(
                        below.lean(), List.copyOf(keys), aggregate.identity(), aggregate.aggregates()),
                below.necessary(aggregate.keys()),
                true);
    }
}
