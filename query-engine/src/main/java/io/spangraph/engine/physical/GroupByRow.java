package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.physical.PhysicalPlan.Aggregate;
import io.spangraph.engine.physical.PhysicalPlan.AggregateColumn;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.Project;
import io.spangraph.engine.physical.PhysicalPlan.ScopeScan;
import io.spangraph.engine.row.ColumnId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Groups by a node's row instead of its key while scopes are read, where the mapping says that no two rows have one key.
 *
 * <pre>{@code
 * Aggregate: count(c) BY s                  ScopeScan: (s) OPTIONAL { s<--(c) } GROUPED count(c) BY row of s
 *   Project                            =>
 *     ScopeScan: (s) OPTIONAL { s<--(c) }
 * }</pre>
 *
 * A row is a number in its block already, so that its groups are found in an array, and they are complete when the block
 * is: what comes next may begin, and nothing is held. Memory stays that of a block: where a pattern can find more than the
 * block has rows, groups are told apart by rows alone, and nothing is kept of each of their rows.
 */
public final class GroupByRow implements PhysicalRule {
    @Override
    public String summary() {
        return "Groups by a node's row instead of its key while scopes are read, where the mapping says that no two rows"
                + " have one key.";
    }

    @Override
    public PhysicalPlan apply(PhysicalPlan plan, Supplier<ColumnId> newColumns) {
        return new WantedColumns(GroupByRow::replaced).rewritten(plan);
    }

    private static Optional<PhysicalPlan> replaced(PhysicalPlan plan, Collection<ColumnId> wanted) {
        return plan instanceof Aggregate aggregate
                ? Projections.below(aggregate)
                        .filter(projections -> projections.scan().grouping().isEmpty())
                        .flatMap(projections -> new Groups(aggregate, projections).scan(Set.copyOf(wanted)))
                : Optional.empty();
    }

    /**
     * What is computed of a scan of scopes, one projection on the other.
     *
     * @param all from the scan on
     */
    private record Projections(ScopeScan scan, List<Project> all) {

        static Optional<Projections> below(Aggregate aggregate) {
            PhysicalPlan input = aggregate.input();
            List<Project> all = new ArrayList<>();
            while (input instanceof Project project) {
                all.addFirst(project);
                input = project.input();
            }
            return input instanceof ScopeScan scan ? Optional.of(new Projections(scan, all)) : Optional.empty();
        }

        /** The column of the scan that a column is under another name, if it is no more than that. */
        Optional<ColumnId> passedOn(ColumnId column) {
            Optional<ColumnId> found = Optional.of(column);
            for (Project project : all.reversed()) {
                found = found.flatMap(known -> ColumnUse.passedOn(item(project, known)));
            }
            return found;
        }

        /** The columns of the scan that decide some others; none if something else does too. */
        Optional<Set<ColumnId>> deciding(ColumnId column) {
            Set<ColumnId> columns = Set.of(column);
            for (Project project : all.reversed()) {
                List<Expression> expressions =
                        columns.stream().map(known -> item(project, known)).toList();
                if (expressions.stream().anyMatch(Volatility::isVolatile)) {
                    return Optional.empty();
                }
                columns = ColumnUse.of(expressions, project.input().columns());
            }
            return Optional.of(columns);
        }

        private static Expression item(Project project, ColumnId column) {
            return project.items().stream()
                    .filter(item -> item.column().equals(column))
                    .findFirst()
                    .orElseThrow()
                    .expression();
        }

        /** The projections with what is needed for some columns of the last of them, from the scan on. */
        List<List<Computed>> of(Set<ColumnId> columns) {
            List<List<Computed>> needed = new ArrayList<>();
            Set<ColumnId> wanted = columns;
            for (Project project : all.reversed()) {
                Set<ColumnId> here = wanted;
                List<Computed> items = project.items().stream()
                        .filter(item -> here.contains(item.column()))
                        .toList();
                needed.addFirst(items);
                wanted = ColumnUse.of(expressions(items), project.input().columns());
            }
            return needed;
        }

        /** The columns of the scan that these projections need. */
        List<ColumnId> read(List<List<Computed>> items) {
            return List.copyOf(ColumnUse.of(expressions(items.getFirst()), scan.reads()));
        }

        private static List<Expression> expressions(List<Computed> items) {
            return items.stream().map(Computed::expression).toList();
        }
    }

    /** An aggregation of what a scan of scopes gives. */
    private record Groups(Aggregate aggregate, Projections projections) {

        Optional<PhysicalPlan> scan(Set<ColumnId> wanted) {
            RowBounds bounds = new RowBounds(pattern());
            return bounds.bound().stream()
                    .filter(this::tellsRowsApart)
                    .min(Comparator.comparingInt(side -> values(side).size()))
                    .filter(side -> bounds.areRows() || values(side).isEmpty() && !grows())
                    .map(side -> groupedBy(side, wanted));
        }

        private ScopePattern pattern() {
            return projections.scan().pattern();
        }

        /** Whether no two rows of a side can be in one group. */
        private boolean tellsRowsApart(int side) {
            ScanTemplate template = pattern().sides().get(side);
            Set<ScanTemplate.ScanValue> grouped = new LinkedHashSet<>();
            for (ColumnId column : aggregate.identity()) {
                projections.passedOn(column).flatMap(template::source).ifPresent(grouped::add);
            }
            return RowBounds.identity(template).filter(grouped::containsAll).isPresent();
        }

        /** The columns that can tell groups of one row apart. */
        private List<ColumnId> values(int side) {
            Set<ColumnId> ofSide = Set.copyOf(pattern().sides().get(side).columnIds());
            return aggregate.identity().stream()
                    .filter(column -> !projections
                            .deciding(column)
                            .filter(ofSide::containsAll)
                            .isPresent())
                    .toList();
        }

        /** Whether what is held of a group grows with its rows. */
        private boolean grows() {
            return aggregate.aggregates().stream()
                    .map(AggregateColumn::call)
                    .anyMatch(call -> call.distinct()
                            || switch (call.function()) {
                                case COLLECT, COLLECT_ROWS, PERCENTILE_CONT, PERCENTILE_DISC -> true;
                                case COUNT_ROWS, COUNT, SUM, AVG, MIN, MAX, STDEV, STDEVP -> false;
                            });
        }

        private PhysicalPlan groupedBy(int side, Set<ColumnId> wanted) {
            List<ColumnId> keys =
                    aggregate.keys().stream().filter(wanted::contains).toList();
            List<AggregateColumn> aggregates = aggregate.aggregates().stream()
                    .filter(column -> wanted.contains(column.column()))
                    .toList();
            List<ColumnId> values = values(side);
            List<ColumnId> computed = aggregate.input().columns();
            Set<ColumnId> used = new LinkedHashSet<>(keys);
            used.addAll(values);
            aggregates.forEach(column -> used.addAll(WantedColumns.ofAggregate(column, computed)));
            List<List<Computed>> items = projections.of(used);
            BlockGrouping grouping = new BlockGrouping(side, List.of(), items, values, keys, aggregates);
            return new ScopeScan(
                    pattern(), projections.read(items), Optional.of(grouping), otherwise(grouping.columns()));
        }

        /** The same by joins and by keys. */
        private PhysicalPlan otherwise(List<ColumnId> columns) {
            PhysicalPlan input = projections.scan().otherwise();
            for (Project project : projections.all()) {
                input = new Project(input, project.items());
            }
            return WantedColumns.only(
                    new Aggregate(input, aggregate.keys(), aggregate.identity(), aggregate.aggregates()), columns);
        }
    }
}
