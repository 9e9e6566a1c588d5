package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.physical.ScanTemplate.ScanColumn;
import io.spangraph.engine.physical.ScanTemplate.ScanValue;
import io.spangraph.engine.physical.ScopePattern.Step;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a scan of scopes reads where links are kept: not the keys, unless somebody reads their values. That a key is there
 * is known from the links as well.
 *
 * @param rows reads what is left, and row references; as pinned as the scan that reads all
 * @param told base columns of which only links tell, and only whether they are null
 * @param sides with the columns that somebody reads
 */
public record LinkedRows(TableScan rows, List<String> told, List<ScanTemplate> sides) {
    public LinkedRows {
        told = List.copyOf(told);
        sides = List.copyOf(sides);
    }

    /** @param output the columns of the sides that the scan gives */
    public static LinkedRows of(ScopePattern pattern, Collection<ColumnId> output) {
        Set<String> linked = new LinkedHashSet<>(pattern.scope());
        pattern.links().forEach(keys -> {
            linked.addAll(keys.key());
            linked.addAll(keys.foreign());
        });
        Set<ColumnId> used = new LinkedHashSet<>(output);
        collect(pattern.steps(), used);
        List<ScanTemplate> sides =
                pattern.sides().stream().map(side -> needed(side, used)).toList();
        Set<String> tested = new LinkedHashSet<>();
        Set<String> read = new LinkedHashSet<>();
        for (ScanTemplate side : sides) {
            collect(side, used, linked, tested, read);
        }
        tested.removeAll(read);
        return new LinkedRows(new TableScan(rows(pattern.rows().template(), read, linked)), List.copyOf(tested), sides);
    }

    private static void collect(List<Step> steps, Set<ColumnId> used) {
        for (Step step : steps) {
            switch (step) {
                case Step.Hop hop -> {}
                case Step.Walk walk -> {}
                case Step.Keep keep -> used.addAll(keep.reads());
                case Step.Exists exists -> collect(exists.steps(), used);
                case Step.Optionally optionally -> collect(optionally.steps(), used);
            }
        }
    }

    private static ScanTemplate needed(ScanTemplate side, Set<ColumnId> used) {
        Set<ColumnId> tested = new LinkedHashSet<>(side.required());
        for (Expression predicate : side.predicates()) {
            boolean ofNull = predicate instanceof IsNull(FieldRef field, boolean negated)
                    || predicate instanceof IsNull(Property(VariableRef entity, String name), boolean without);
            (ofNull ? tested : used).addAll(ColumnUse.of(predicate, side.columnIds()));
        }
        List<ScanColumn> columns = side.columns().stream()
                .filter(column -> used.contains(column.id()) || tested.contains(column.id()))
                .toList();
        return new ScanTemplate(
                side.subject(),
                side.pin(),
                columns,
                side.conditions(),
                side.required(),
                side.present(),
                side.predicates(),
                side.pushdown());
    }

    /** Tells the columns of which only nulls matter from those that are read. */
    private static void collect(
            ScanTemplate side, Set<ColumnId> used, Set<String> linked, Set<String> tested, Set<String> read) {
        for (ScanColumn column : side.columns()) {
            Optional<String> plain = side.plainColumn(column.id()).filter(linked::contains);
            if (plain.isPresent() && !used.contains(column.id())) {
                tested.add(plain.get());
            } else if (column.value() instanceof ScanValue.Mapped(MappingExpression expression)) {
                read.addAll(MappingExpression.columnsOf(expression));
            }
        }
        for (MappingExpression condition : side.conditions()) {
            boolean ofNull = condition instanceof MappingExpression.IsNull(ColumnPath path, boolean negated)
                    && path.fields().isEmpty()
                    && linked.contains(path.column());
            (ofNull ? tested : read).addAll(MappingExpression.columnsOf(condition));
        }
        for (String column : side.present()) {
            (linked.contains(column) ? tested : read).add(column);
        }
    }

    private static ScanTemplate rows(ScanTemplate all, Set<String> read, Set<String> linked) {
        Set<String> names = new LinkedHashSet<>(read);
        if (all.pin() instanceof PinMode.ByTenant(MappingExpression owner)) {
            names.addAll(MappingExpression.columnsOf(owner));
        }
        List<ScanColumn> columns = all.columns().stream()
                .filter(column ->
                        all.plainColumn(column.id()).map(names::contains).orElse(true))
                .toList();
        return new ScanTemplate(
                all.subject(),
                all.pin(),
                columns,
                List.of(),
                List.of(),
                all.present().stream().filter(name -> !linked.contains(name)).toList(),
                List.of(),
                Pushdown.all(conjuncts(all.pushdown())
                        .filter(condition -> !isNullTest(condition, linked, names))
                        .toList()));
    }

    private static Stream<Pushdown> conjuncts(Pushdown condition) {
        return condition instanceof Pushdown.All(List<Pushdown> operands) ? operands.stream() : Stream.of(condition);
    }

    /** A test for which alone a column would be read that links know. */
    private static boolean isNullTest(Pushdown condition, Set<String> linked, Set<String> names) {
        return condition instanceof Pushdown.IsNotNull(Pushdown.BaseColumn column)
                && linked.contains(column.name())
                && !names.contains(column.name());
    }
}
