package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.SortColumn;
import io.spangraph.engine.physical.PhysicalPlan.YieldColumn;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.LogicalPlan.YieldItem;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.GraphSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mapping of one plan, node by node. The larger nodes have mappers of their own: {@link ExpandMapper},
 * {@link JoinMapper}, {@link ApplyMapper}, {@link AggregateMapper}.
 */
final class PlanMapper {
    private final GraphSchema schema;
    private final VariableTypes types;
    private final ColumnDemand demand;
    private final ScanPlanner scans;
    private final ApplyMapper applies;
    private int nextId;

    PlanMapper(GraphSchema schema, LogicalPlan plan) {
        this.schema = schema;
        this.types = VariableTypes.of(plan);
        this.demand = new ColumnDemand(schema, types);
        this.scans = new ScanPlanner(schema);
        this.applies = new ApplyMapper(this);
    }

    GraphSchema schema() {
        return schema;
    }

    VariableTypes types() {
        return types;
    }

    ColumnDemand demand() {
        return demand;
    }

    ScanPlanner scans() {
        return scans;
    }

    ApplyMapper applies() {
        return applies;
    }

    int newId() {
        return nextId++;
    }

    /** A column for something that no variable of the query holds. */
    ColumnId newColumn(String name) {
        return ColumnId.of(new Variable(name, -1 - newId(), Variable.Kind.VALUE));
    }

    /** The operators for a node, whose rows have at least the wanted columns. */
    PhysicalPlan map(LogicalPlan plan, Set<ColumnId> wanted) {
        return switch (plan) {
            case LogicalPlan.SingleRow single -> new PhysicalPlan.SingleRow();
            case LogicalPlan.Argument argument -> applies.argument(wanted);
            case VertexScan scan -> vertexScan(scan, wanted);
            case LogicalPlan.EdgeScan scan -> new ExpandMapper(this).edgeScan(scan, wanted);
            case LogicalPlan.Expand expand -> new ExpandMapper(this).map(expand, wanted);
            case LogicalPlan.VarExpand expand -> new WalkMapper(this).map(expand, wanted);
            case LogicalPlan.ShortestPath path -> new WalkMapper(this).map(path, wanted);
            case LogicalPlan.Filter(LogicalPlan.Expand expand, Expression condition) ->
                new ExpandMapper(this).map(expand, condition, plus(wanted, demand.of(condition)));
            case LogicalPlan.Filter(LogicalPlan input, Expression condition) ->
                new PhysicalPlan.Filter(map(input, plus(wanted, demand.of(condition))), condition);
            case LogicalPlan.Project project -> project(project, wanted);
            case LogicalPlan.Aggregate aggregate -> new AggregateMapper(this).map(aggregate, wanted);
            case LogicalPlan.Distinct distinct -> distinct(distinct, wanted);
            case LogicalPlan.Sort(LogicalPlan input, List<SortKey> keys) -> {
                Keyed keyed = keyed(input, keys, wanted);
                yield new PhysicalPlan.Sort(keyed.input(), keyed.keys());
            }
            case LogicalPlan.TopN top -> {
                Keyed keyed = keyed(top.input(), top.keys(), wanted);
                yield new PhysicalPlan.TopN(
                        keyed.input(), keyed.keys(), top.skip(), top.limit(), applies.eachOf(keyed.input()));
            }
            case LogicalPlan.Skip(LogicalPlan input, Expression count) -> {
                PhysicalPlan rows = map(input, wanted);
                yield new PhysicalPlan.Skip(rows, count, applies.eachOf(rows));
            }
            case LogicalPlan.Limit(LogicalPlan input, Expression count) -> {
                PhysicalPlan rows = map(input, wanted);
                yield new PhysicalPlan.Limit(rows, count, applies.eachOf(rows));
            }
            case LogicalPlan.Unwind(LogicalPlan input, Expression list, Variable element) -> {
                Set<ColumnId> below = without(wanted, Set.of(element));
                yield new PhysicalPlan.Unwind(map(input, plus(below, demand.of(list))), list, ColumnId.of(element));
            }
            case LogicalPlan.Union union -> union(union, wanted);
            case LogicalPlan.Join join -> new JoinMapper(this).map(join, wanted);
            case LogicalPlan.Apply apply -> applies.map(apply, wanted);
            case LogicalPlan.SemiApply apply -> applies.map(apply, wanted);
            case LogicalPlan.RollUpApply apply -> applies.map(apply, wanted);
            case LogicalPlan.ProcedureCall call -> procedureCall(call, wanted);
            case LogicalPlan.NodeScan scan -> throw unresolved(scan);
            case LogicalPlan.RelationshipScan scan -> throw unresolved(scan);
            case LogicalPlan.EdgeOnRow edge -> throw unresolved(edge);
            case LogicalPlan.VertexByKey end -> throw unresolved(end);
        };
    }

    private static IllegalStateException unresolved(LogicalPlan plan) {
        return new IllegalStateException("no operator stands for " + plan + " by itself");
    }

    private PhysicalPlan procedureCall(LogicalPlan.ProcedureCall call, Set<ColumnId> wanted) {
        List<YieldColumn> yields = call.yields().stream()
                .map(item -> new YieldColumn(item.column(), ColumnId.of(item.variable())))
                .filter(item -> wanted.contains(item.column()))
                .toList();
        Set<Variable> bound = call.yields().stream().map(YieldItem::variable).collect(Collectors.toSet());
        PhysicalPlan input = map(call.input(), plus(without(wanted, bound), demand.of(call.arguments())));
        return new PhysicalPlan.ProcedureCall(input, call.procedure(), call.arguments(), yields);
    }

    private PhysicalPlan vertexScan(VertexScan scan, Set<ColumnId> wanted) {
        Set<ColumnId> columns = plus(wanted, demand.of(scan.predicates()));
        List<PhysicalPlan> parts = scan.candidates().stream()
                .<PhysicalPlan>map(candidate -> scans.vertices(scan, candidate, scan.predicates(), columns))
                .toList();
        return union(parts, columns);
    }

    /** The rows of all parts under one layout: all columns that any of them has. */
    PhysicalPlan union(List<PhysicalPlan> parts, Set<ColumnId> wanted) {
        if (parts.isEmpty()) {
            return new PhysicalPlan.NoRows(List.copyOf(wanted));
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        Set<ColumnId> columns = new LinkedHashSet<>();
        parts.forEach(part -> columns.addAll(part.columns()));
        return new PhysicalPlan.UnionAll(
                parts.stream().map(part -> aligned(part, columns)).toList());
    }

    private static PhysicalPlan aligned(PhysicalPlan part, Set<ColumnId> columns) {
        if (part.columns().equals(List.copyOf(columns))) {
            return part;
        }
        Set<ColumnId> present = Set.copyOf(part.columns());
        return new PhysicalPlan.Project(
                part,
                columns.stream()
                        .map(column -> new Computed(
                                column,
                                present.contains(column)
                                        ? reference(column)
                                        : new Expression.Literal(io.spangraph.model.value.Value.NULL)))
                        .toList());
    }

    /** Reads a column as it is. */
    static Expression reference(ColumnId column) {
        return new FieldRef(column.variable(), column.field());
    }

    static Computed passOn(ColumnId column) {
        return new Computed(column, reference(column));
    }

    private PhysicalPlan project(LogicalPlan.Project project, Set<ColumnId> wanted) {
        PhysicalPlan input = map(project.input(), itemDemand(project.items(), wanted));
        List<Computed> computed = new ArrayList<>();
        project.items().forEach(item -> computed.addAll(computed(item, input, wanted)));
        applies.ordinalOf(input).ifPresent(ordinal -> computed.add(passOn(ordinal)));
        return new PhysicalPlan.Project(input, computed);
    }

    /** What items need of their input so that they can give the wanted columns. */
    Set<ColumnId> itemDemand(List<Item> items, Set<ColumnId> wanted) {
        Set<ColumnId> below = new LinkedHashSet<>();
        for (Item item : items) {
            if (isEntity(item)) {
                Variable source = ((VariableRef) item.expression()).variable();
                ofVariable(wanted, item.variable()).forEach(column -> below.add(new ColumnId(source, column.field())));
            } else {
                below.addAll(demand.of(item.expression()));
            }
        }
        return below;
    }

    /** The columns of an item: one for a value, those that are wanted for a node or relationship. */
    List<Computed> computed(Item item, PhysicalPlan input, Set<ColumnId> wanted) {
        if (!isEntity(item)) {
            return List.of(new Computed(ColumnId.of(item.variable()), item.expression()));
        }
        Variable source = ((VariableRef) item.expression()).variable();
        return ofVariable(wanted, item.variable()).stream()
                .map(column -> new Computed(column, reference(new ColumnId(source, column.field()))))
                .toList();
    }

    static boolean isEntity(Item item) {
        return item.variable().isEntity() && item.expression() instanceof VariableRef;
    }

    private PhysicalPlan distinct(LogicalPlan.Distinct distinct, Set<ColumnId> wanted) {
        Set<ColumnId> identity = new LinkedHashSet<>();
        distinct.input().variables().forEach(variable -> identity.addAll(demand.identity(variable)));
        PhysicalPlan input = map(distinct.input(), plus(wanted, identity));
        applies.ordinalOf(input).ifPresent(identity::add);
        return new PhysicalPlan.Distinct(input, List.copyOf(identity));
    }

    private record Keyed(PhysicalPlan input, List<SortColumn> keys) {}

    /** The input with a column for each sort key. */
    private Keyed keyed(LogicalPlan logical, List<SortKey> keys, Set<ColumnId> wanted) {
        List<Expression> expressions = keys.stream().map(SortKey::expression).toList();
        PhysicalPlan input = map(logical, plus(wanted, demand.of(expressions)));
        List<Computed> items = new ArrayList<>();
        input.columns().forEach(column -> items.add(passOn(column)));
        List<SortColumn> columns = new ArrayList<>();
        for (SortKey key : keys) {
            ColumnId column = plainColumn(key.expression()).orElseGet(() -> newColumn("sort key"));
            if (plainColumn(key.expression()).isEmpty()) {
                items.add(new Computed(column, key.expression()));
            }
            columns.add(new SortColumn(column, key.descending()));
        }
        boolean computed = items.size() > input.columns().size();
        return new Keyed(computed ? new PhysicalPlan.Project(input, items) : input, columns);
    }

    /** The column that an expression reads as it is. */
    static Optional<ColumnId> plainColumn(Expression expression) {
        return switch (expression) {
            case VariableRef(Variable variable) when !variable.isEntity() -> Optional.of(ColumnId.of(variable));
            case FieldRef(Variable variable, io.spangraph.engine.expr.EntityField field) ->
                Optional.of(new ColumnId(variable, field));
            case Expression.Property(VariableRef(Variable variable), String name)
            when variable.isEntity() -> Optional.of(ColumnId.property(variable, name));
            case Expression other -> Optional.empty();
        };
    }

    private PhysicalPlan union(LogicalPlan.Union union, Set<ColumnId> wanted) {
        PhysicalPlan left = map(union.left(), restricted(wanted, union.leftColumns()));
        Set<ColumnId> rightWanted = new LinkedHashSet<>();
        List<Computed> renamed = new ArrayList<>();
        for (int i = 0; i < union.leftColumns().size(); i++) {
            Variable to = union.leftColumns().get(i);
            Variable from = union.rightColumns().get(i);
            for (ColumnId column : ofVariable(wanted, to)) {
                ColumnId source = new ColumnId(from, column.field());
                rightWanted.add(source);
                renamed.add(new Computed(column, reference(source)));
            }
        }
        PhysicalPlan right = map(union.right(), rightWanted);
        List<Computed> kept = new ArrayList<>(restricted(wanted, union.leftColumns()).stream()
                .map(PlanMapper::passOn)
                .toList());
        List<PhysicalPlan> sides = applies.alike(left, right);
        applies.ordinalOf(sides.getFirst()).ifPresent(ordinal -> {
            kept.add(passOn(ordinal));
            renamed.add(passOn(ordinal));
        });
        return union(
                List.of(
                        new PhysicalPlan.Project(sides.getFirst(), kept),
                        new PhysicalPlan.Project(sides.getLast(), renamed)),
                wanted);
    }

    static Set<ColumnId> plus(Collection<ColumnId> left, Collection<ColumnId> right) {
        return Stream.concat(left.stream(), right.stream()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Set<ColumnId> without(Collection<ColumnId> columns, Collection<Variable> variables) {
        return columns.stream()
                .filter(column -> !variables.contains(column.variable()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Set<ColumnId> restricted(Collection<ColumnId> columns, Collection<Variable> variables) {
        return columns.stream()
                .filter(column -> variables.contains(column.variable()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Set<ColumnId> ofVariable(Collection<ColumnId> columns, Variable variable) {
        return restricted(columns, Set.of(variable));
    }
}
