package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.FetchColumns;
import io.spangraph.engine.physical.PhysicalPlan.Project;
import io.spangraph.engine.row.ColumnId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A part of a plan of which some columns may come later: what follows it decides how far up they can wait.
 *
 * @param early the part as it was, with all its columns
 * @param lean the part without the columns that wait, with references of rows instead
 * @param steps what gives the columns that wait, in order
 * @param pays whether rows are dropped between the scan and here, so that waiting saves reads
 */
record LatePart(PhysicalPlan early, PhysicalPlan lean, List<Step> steps, boolean pays) {
    LatePart {
        steps = List.copyOf(steps);
    }

    /** A part of which nothing waits. */
    static LatePart of(PhysicalPlan plan) {
        return new LatePart(plan, plan, List.of(), false);
    }

    /** What is still to be done for columns that wait. */
    sealed interface Step {
        /** The columns that it gives. */
        List<ColumnId> columns();

        /** The columns that it needs. */
        Set<ColumnId> needs(Collection<ColumnId> rows);

        PhysicalPlan over(PhysicalPlan plan);

        /** The step for these of its columns. */
        Step only(Set<ColumnId> wanted);
    }

    /** They are read. */
    record Fetch(ScanTemplate template, ColumnId reference) implements Step {
        @Override
        public List<ColumnId> columns() {
            return template.columnIds();
        }

        @Override
        public Set<ColumnId> needs(Collection<ColumnId> rows) {
            return Set.of(reference);
        }

        @Override
        public PhysicalPlan over(PhysicalPlan plan) {
            return new FetchColumns(plan, template, reference);
        }

        @Override
        public Step only(Set<ColumnId> wanted) {
            return new Fetch(template.only(wanted), reference);
        }
    }

    /** They are computed of columns that were read before. */
    record Compute(List<Computed> items) implements Step {
        Compute {
            items = List.copyOf(items);
        }

        @Override
        public List<ColumnId> columns() {
            return items.stream().map(Computed::column).toList();
        }

        @Override
        public Set<ColumnId> needs(Collection<ColumnId> rows) {
            return ColumnUse.of(items.stream().map(Computed::expression).toList(), rows);
        }

        @Override
        public PhysicalPlan over(PhysicalPlan plan) {
            List<Computed> all = new ArrayList<>();
            plan.columns().forEach(column -> all.add(PlanMapper.passOn(column)));
            all.addAll(items);
            return new Project(plan, all);
        }

        @Override
        public Step only(Set<ColumnId> wanted) {
            return new Compute(items.stream()
                    .filter(item -> wanted.contains(item.column()))
                    .toList());
        }
    }

    /** The columns that wait, also those that are only steps to others. */
    Set<ColumnId> waiting() {
        Set<ColumnId> waiting = new LinkedHashSet<>();
        steps.forEach(step -> waiting.addAll(step.columns()));
        return waiting;
    }

    boolean waits() {
        return !steps.isEmpty();
    }

    /** All columns that there are, now or later. */
    List<ColumnId> allColumns() {
        Set<ColumnId> all = new LinkedHashSet<>(lean.columns());
        all.addAll(waiting());
        return List.copyOf(all);
    }

    /** Which of the columns that wait an expression reads. */
    boolean reads(Expression expression) {
        Set<ColumnId> waiting = waiting();
        return !ColumnUse.of(expression, waiting).isEmpty();
    }

    boolean waitsForAny(Collection<ColumnId> columns) {
        Set<ColumnId> waiting = waiting();
        return columns.stream().anyMatch(waiting::contains);
    }

    /** Whether something is computed for columns that wait: of a row without match nothing is to be computed. */
    boolean computes() {
        return steps.stream().anyMatch(Compute.class::isInstance);
    }

    /** What the columns that wait need of the rows: references, and what is computed with. */
    Set<ColumnId> needed(Collection<ColumnId> wanted) {
        Set<ColumnId> needed = new LinkedHashSet<>();
        Set<ColumnId> given = waiting();
        for (Step step : necessary(wanted)) {
            step.needs(allColumns()).stream()
                    .filter(column -> !given.contains(column))
                    .forEach(needed::add);
        }
        return needed;
    }

    /** The steps that lead to these columns. */
    List<Step> necessary(Collection<ColumnId> wanted) {
        Set<ColumnId> needed = new LinkedHashSet<>(wanted);
        List<Step> kept = new ArrayList<>();
        for (Step step : steps.reversed()) {
            Step only = step.only(needed);
            if (!only.columns().isEmpty()) {
                needed.addAll(only.needs(allColumns()));
                kept.add(only);
            }
        }
        Collections.reverse(kept);
        return kept;
    }

    /** The part with all its columns, in their order. */
    PhysicalPlan settled() {
        if (!waits()) {
            return lean;
        }
        if (!pays) {
            return early;
        }
        PhysicalPlan plan = lean;
        for (Step step : necessary(early.columns())) {
            plan = step.over(plan);
        }
        return new Project(
                plan, early.columns().stream().map(PlanMapper::passOn).toList());
    }
}
