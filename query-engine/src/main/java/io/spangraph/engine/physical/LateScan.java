package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.physical.LatePart.Fetch;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.physical.ScanTemplate.ScanColumn;
import io.spangraph.engine.physical.ScanTemplate.ScanValue;
import io.spangraph.engine.physical.ScanTemplate.Subject;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.PropertyMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A scan whose large columns may wait: those that a mapping calls lazy, and whatever is made of the same base columns.
 * What the source skips by needs no help; only conditions that it cannot check are worth a second look at the table.
 */
final class LateScan {
    private final TableScan scan;
    private final ScanTemplate template;
    private final Supplier<ColumnId> references;
    private final Set<String> large;

    LateScan(TableScan scan, Supplier<ColumnId> references) {
        this.scan = scan;
        this.template = scan.template();
        this.references = references;
        this.large = largeColumns(template.subject());
    }

    LatePart part() {
        Set<ColumnId> late = new LinkedHashSet<>();
        for (ScanColumn column : template.columns()) {
            if (isLarge(column.value()) && !template.required().contains(column.id())) {
                late.add(column.id());
            }
        }
        if (late.isEmpty() || !canBeFetched(template.pin())) {
            return LatePart.of(scan);
        }
        List<Expression> cheap = new ArrayList<>();
        List<Expression> costly = new ArrayList<>();
        for (Expression predicate : conjuncts()) {
            (ColumnUse.of(predicate, late).isEmpty() ? cheap : costly).add(predicate);
        }
        boolean pays = cheap.stream().anyMatch(this::isUnknownToTheSource);
        if (!costly.isEmpty() && pays) {
            PhysicalPlan rows = waiting(late, cheap, true).settled();
            return LatePart.of(new PhysicalPlan.Filter(rows, Conjunction.of(costly)));
        }
        late.removeAll(ColumnUse.of(costly, late));
        return late.isEmpty() ? LatePart.of(scan) : waiting(late, template.predicates(), pays);
    }

    /** A source checks each row that it fetches against the pin, which it can where a column names the owner. */
    private static boolean canBeFetched(PinMode pin) {
        return !(pin instanceof PinMode.ByTenant(MappingExpression owner))
                || owner instanceof MappingExpression.ColumnPath path
                        && path.fields().isEmpty();
    }

    private List<Expression> conjuncts() {
        return template.predicates().stream()
                .flatMap(predicate -> Conjunction.split(predicate).stream())
                .toList();
    }

    private LatePart waiting(Set<ColumnId> late, List<Expression> predicates, boolean pays) {
        ColumnId reference = references.get();
        List<ScanColumn> columns = new ArrayList<>();
        List<ScanColumn> fetched = new ArrayList<>();
        template.columns().forEach(column -> (late.contains(column.id()) ? fetched : columns).add(column));
        columns.add(new ScanColumn(reference, new ScanValue.RowReference()));
        ScanTemplate lean = new ScanTemplate(
                template.subject(),
                template.pin(),
                columns,
                template.conditions(),
                template.required(),
                template.present(),
                predicates,
                template.pushdown());
        return new LatePart(
                scan, new TableScan(lean), List.of(new Fetch(template.ofColumns(fetched), reference)), pays);
    }

    private boolean isUnknownToTheSource(Expression predicate) {
        return new PushdownPlanner(template.columns())
                .plan(List.of(), List.of(predicate))
                .equals(Pushdown.EVERYTHING);
    }

    private boolean isLarge(ScanValue value) {
        return value instanceof ScanValue.Mapped(MappingExpression expression)
                && MappingExpression.columnsOf(expression).stream().anyMatch(large::contains);
    }

    private static Set<String> largeColumns(Subject subject) {
        return switch (subject) {
            case Subject.Vertices(var type, var edges) -> {
                List<PropertyMapping> all = new ArrayList<>(type.properties().values());
                edges.forEach(edge -> all.addAll(edge.properties().values()));
                yield lazy(all);
            }
            case Subject.Edges(var type) -> lazy(type.properties().values());
        };
    }

    private static Set<String> lazy(Collection<PropertyMapping> properties) {
        Set<String> columns = new LinkedHashSet<>();
        properties.stream()
                .filter(PropertyMapping::lazy)
                .forEach(property -> columns.addAll(
                        MappingExpression.columnsOf(property.expression().expression())));
        return columns;
    }
}
