package io.spangraph.engine.physical;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan.AggregateColumn;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.OuterRow;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.row.ColumnId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Groups by identity: a node is a key by its type, tenant and key, and its other columns are carried along. */
final class AggregateMapper {
    private final PlanMapper mapper;

    AggregateMapper(PlanMapper mapper) {
        this.mapper = mapper;
    }

    PhysicalPlan map(Aggregate aggregate, Set<ColumnId> wanted) {
        Set<ColumnId> keyColumns = new LinkedHashSet<>(wanted);
        Set<ColumnId> identity = new LinkedHashSet<>();
        for (Item key : aggregate.keys()) {
            Set<ColumnId> ofKey = PlanMapper.isEntity(key)
                    ? mapper.demand().identity(key.variable())
                    : Set.of(ColumnId.of(key.variable()));
            identity.addAll(ofKey);
            keyColumns.addAll(ofKey);
        }
        Set<ColumnId> below = mapper.itemDemand(aggregate.keys(), keyColumns);
        aggregate.aggregates().forEach(item -> below.addAll(argumentDemand(item.call())));
        PhysicalPlan input = mapper.map(aggregate.input(), below);
        List<AggregateColumn> aggregates =
                aggregate.aggregates().stream().map(this::column).toList();
        Optional<OuterRow> each = mapper.applies().eachOf(input);
        if (aggregate.keys().isEmpty() && each.isPresent()) {
            return new PhysicalPlan.AggregateOfEach(input, each.get(), aggregates);
        }

        List<Computed> items = new ArrayList<>();
        aggregate.keys().forEach(key -> items.addAll(mapper.computed(key, input, keyColumns)));
        List<ColumnId> keys =
                new ArrayList<>(items.stream().map(Computed::column).toList());
        each.map(OuterRow::ordinal).ifPresent(column -> {
            items.add(PlanMapper.passOn(column));
            keys.add(column);
            identity.add(column);
        });
        Set<ColumnId> computed = Set.copyOf(keys);
        PlanMapper.restricted(input.columns(), variables(aggregate)).stream()
                .filter(column -> !computed.contains(column))
                .forEach(column -> items.add(PlanMapper.passOn(column)));
        return MetadataAggregates.where(new PhysicalPlan.Aggregate(
                new PhysicalPlan.Project(input, items), keys, List.copyOf(identity), aggregates));
    }

    private static Set<Variable> variables(Aggregate aggregate) {
        Set<Variable> read = new LinkedHashSet<>();
        for (AggregateItem item : aggregate.aggregates()) {
            item.call()
                    .arguments()
                    .forEach(argument -> read.addAll(io.spangraph.engine.expr.ExpressionTree.variables(argument)));
        }
        return read;
    }

    /** Counting a node or relationship needs to know no more than whether it is there, and with DISTINCT, which it is. */
    private static Optional<Variable> countedEntity(AggregateCall call) {
        return call.function() == AggregateFunction.COUNT
                        && call.arguments().getFirst() instanceof VariableRef(Variable variable)
                        && variable.isEntity()
                ? Optional.of(variable)
                : Optional.empty();
    }

    Set<ColumnId> argumentDemand(AggregateCall call) {
        return countedEntity(call)
                .map(variable -> call.distinct()
                        ? mapper.demand().identity(variable)
                        : mapper.demand().presence(variable))
                .orElseGet(() -> mapper.demand().of(call.arguments()));
    }

    AggregateColumn column(AggregateItem item) {
        ColumnId column = ColumnId.of(item.variable());
        return countedEntity(item.call())
                .map(variable -> new AggregateColumn(
                        column,
                        item.call(),
                        List.<Expression>of(new FieldRef(variable, new EntityField.TypeName())),
                        item.call().distinct() ? List.copyOf(mapper.demand().identity(variable)) : List.of()))
                .orElseGet(() ->
                        new AggregateColumn(column, item.call(), item.call().arguments(), List.of()));
    }
}
