package io.spangraph.engine.run;

import io.spangraph.engine.exec.join.KeyReceiver;
import io.spangraph.engine.exec.scan.SharedScan;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.run.ScanBinder.PlannedScan;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the scans behind a column that keys from elsewhere can narrow. */
final class NarrowableScans {
    private final OperatorBuilder operators;

    NarrowableScans(OperatorBuilder operators) {
        this.operators = operators;
    }

    /** A scan and its base column that is the wanted column as it is. */
    record NarrowableScan(KeyReceiver receiver, String baseColumn) {}

    /** The scans below a plan whose operators only pass the column on. */
    List<NarrowableScan> under(PhysicalPlan plan, ColumnId column) {
        List<NarrowableScan> found = new ArrayList<>();
        collect(plan, column, found);
        return found;
    }

    private void collect(PhysicalPlan plan, ColumnId column, List<NarrowableScan> found) {
        switch (plan) {
            case TableScan scan -> narrowable(scan, column).ifPresent(found::add);
            case PhysicalPlan.UnionAll union -> union.parts().forEach(part -> collect(part, column, found));
            case PhysicalPlan.Filter filter -> collect(filter.input(), column, found);
            case PhysicalPlan.FetchColumns fetch -> collect(fetch.input(), column, found);
            case PhysicalPlan.Project project ->
                project.items().stream()
                        .filter(item -> item.column().equals(column))
                        .forEach(item -> {
                            if (item.expression() instanceof FieldRef(Variable variable, EntityField field)) {
                                collect(project.input(), new ColumnId(variable, field), found);
                            }
                        });
            case PhysicalPlan other -> {}
        }
    }

    /** A scan whose base column is a column of rows above as it is, and loses nothing but rows on the way there. */
    record OrderedScan(SharedScan scan, String baseColumn) {}

    /** The scans that need not give rows whose value comes late, when only the first rows by the column are wanted. */
    List<OrderedScan> decidingOrder(PhysicalPlan plan, ColumnId column) {
        return switch (plan) {
            case TableScan scan ->
                scan.template().plainColumn(column).stream()
                        .map(name -> new OrderedScan(operators.sharedScan(scan), name))
                        .toList();
            case PhysicalPlan.UnionAll union ->
                union.parts().stream()
                        .flatMap(part -> decidingOrder(part, column).stream())
                        .toList();
            case PhysicalPlan.Filter filter -> decidingOrder(filter.input(), column);
            case PhysicalPlan.FetchColumns fetch -> decidingOrder(fetch.input(), column);
            case PhysicalPlan.HashJoin join ->
                switch (join.kind()) {
                    case INNER, RIGHT_OUTER, RIGHT_SEMI, RIGHT_ANTI -> decidingOrder(join.probe(), column);
                    case LEFT_OUTER, SEMI, ANTI -> List.of();
                };
            case PhysicalPlan.Project project ->
                project.items().stream()
                        .filter(item -> item.column().equals(column))
                        .flatMap(item -> source(item.expression()).stream())
                        .flatMap(source -> decidingOrder(project.input(), source).stream())
                        .toList();
            case PhysicalPlan other -> List.of();
        };
    }

    private static Optional<ColumnId> source(Expression expression) {
        return switch (expression) {
            case FieldRef(Variable variable, EntityField field) -> Optional.of(new ColumnId(variable, field));
            case Expression.Property(Expression.VariableRef(Variable variable), String name)
            when variable.isEntity() -> Optional.of(ColumnId.property(variable, name));
            case Expression other -> Optional.empty();
        };
    }

    private Optional<NarrowableScan> narrowable(TableScan scan, ColumnId column) {
        PlannedScan planned = operators.plannedScan(scan);
        Optional<String> name = scan.template().plainColumn(column);
        Optional<ColumnType> type =
                name.flatMap(known -> planned.table().column(known)).map(Column::type);
        return type.map(
                known -> new NarrowableScan(new TypedKeys(operators.sharedScan(scan), known), name.orElseThrow()));
    }
}
