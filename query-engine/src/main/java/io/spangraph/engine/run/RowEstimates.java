package io.spangraph.engine.run;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.HashJoin;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.physical.ScanTemplate;
import io.spangraph.engine.physical.ScanTemplate.Subject;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.spi.Pin;
import io.spangraph.model.value.Value;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * About how many rows operators give: what metadata tell of the files of their scans, and rules of thumb for conditions.
 * Good enough to tell which of two sides is the larger one, and for nothing else.
 */
final class RowEstimates {
    private static final double RANGE = 0.25;
    private static final double OTHER_CONDITION = 0.5;
    /** What an aggregation, a limit and the like leave of many rows. */
    private static final double FEW_ROWS = 1_000;

    private final PlannedReads planned;
    private final Map<PhysicalPlan, OptionalDouble> known = new IdentityHashMap<>();

    RowEstimates(PlannedReads planned) {
        this.planned = planned;
    }

    /** Empty where nothing is known. */
    OptionalDouble of(PhysicalPlan plan) {
        OptionalDouble before = known.get(plan);
        if (before != null) {
            return before;
        }
        OptionalDouble rows = estimated(plan);
        known.put(plan, rows);
        return rows;
    }

    private OptionalDouble estimated(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.SingleRow single -> OptionalDouble.of(1);
            case PhysicalPlan.NoRows none -> OptionalDouble.of(0);
            case TableScan scan -> isOfOneTenant(scan) ? OptionalDouble.empty() : OptionalDouble.of(scan(scan));
            case PhysicalPlan.UnionAll union -> union(union.parts());
            case HashJoin join -> join(join);
            case PhysicalPlan.Filter filter -> {
                OptionalDouble rows = of(filter.input());
                yield times(rows, part(filter.condition(), rows.orElse(1), Optional.empty()));
            }
            case PhysicalPlan.SemiApply apply -> times(of(apply.outer()), OTHER_CONDITION);
            case PhysicalPlan.Apply apply -> of(apply.outer());
            case PhysicalPlan.RollUpApply apply -> of(apply.outer());
            case PhysicalPlan.SameColumns one -> of(one.input());
            case PhysicalPlan.Project project -> of(project.input());
            case PhysicalPlan.FetchColumns fetch -> of(fetch.input());
            case PhysicalPlan.Aggregate aggregate -> few(aggregate.input());
            case PhysicalPlan other -> OptionalDouble.empty();
        };
    }

    private OptionalDouble few(PhysicalPlan input) {
        return OptionalDouble.of(Math.min(FEW_ROWS, of(input).orElse(FEW_ROWS)));
    }

    private static OptionalDouble times(OptionalDouble rows, double part) {
        return rows.isPresent() ? OptionalDouble.of(rows.getAsDouble() * part) : rows;
    }

    private OptionalDouble union(List<PhysicalPlan> parts) {
        double sum = 0;
        for (PhysicalPlan part : parts) {
            OptionalDouble rows = of(part);
            if (rows.isEmpty()) {
                return rows;
            }
            sum += rows.getAsDouble();
        }
        return OptionalDouble.of(sum);
    }

    /**
     * What is chosen can be seen: by the files that are left for a key, a tenant could tell whether anybody has it.
     */
    private boolean isOfOneTenant(TableScan scan) {
        return planned.of(scan)
                .filter(read -> read.plan().request().pin() instanceof Pin.Tenant)
                .isPresent();
    }

    private double all(TableScan scan) {
        return planned.of(scan).map(read -> read.plan().estimate().rows()).orElse(0L);
    }

    private double scan(TableScan scan) {
        double all = all(scan);
        return all * part(Conjunction.of(scan.template().predicates()), all, Optional.of(scan.template()));
    }

    private OptionalDouble join(HashJoin join) {
        OptionalDouble build = of(join.build());
        OptionalDouble probe = of(join.probe());
        if (build.isEmpty() || probe.isEmpty()) {
            return OptionalDouble.empty();
        }
        double left = build.getAsDouble();
        double right = probe.getAsDouble();
        double pairs = left * right / Math.max(1, keys(join, Math.max(left, right)));
        double kept = join.residual()
                        .map(condition -> part(condition, pairs, Optional.empty()))
                        .orElse(1.0)
                * pairs;
        return OptionalDouble.of(
                switch (join.kind()) {
                    case INNER -> kept;
                    case LEFT_OUTER -> Math.max(left, kept);
                    case RIGHT_OUTER -> Math.max(right, kept);
                    case SEMI, ANTI -> left * OTHER_CONDITION;
                    case RIGHT_SEMI, RIGHT_ANTI -> right * OTHER_CONDITION;
                });
    }

    /** How many keys there are, if there is a row of each. */
    private double keys(HashJoin join, double otherwise) {
        double keys = 1;
        for (KeyPair pair : join.keys()) {
            double ofPair = Math.max(values(join.build(), pair.build()), values(join.probe(), pair.probe()));
            keys *= Math.max(1, ofPair);
        }
        return keys > 1 ? keys : otherwise;
    }

    /** How many values a column has, where it is the key of vertices; else 0. */
    private double values(PhysicalPlan plan, ColumnId column) {
        if (plan instanceof TableScan scan) {
            return scan.columns().contains(column) && isKey(scan.template(), column.field()) ? all(scan) : 0;
        }
        return plan.inputs().stream()
                .mapToDouble(input -> values(input, column))
                .max()
                .orElse(0);
    }

    private static boolean isKey(ScanTemplate template, EntityField field) {
        return template.subject() instanceof Subject.Vertices(var type, var edges)
                && type.id().size() == 1
                && switch (field) {
                    case EntityField.Key key -> true;
                    case EntityField.PropertyField(String name) ->
                        type.propertyFor(type.id().getFirst().expression())
                                .filter(name::equals)
                                .isPresent();
                    case EntityField other -> false;
                };
    }

    /** The part of some rows that satisfies a condition. */
    private static double part(Expression condition, double rows, Optional<ScanTemplate> scan) {
        return switch (condition) {
            case Expression.And(List<Expression> operands) ->
                operands.stream()
                        .mapToDouble(operand -> part(operand, rows, scan))
                        .reduce(1, (left, right) -> left * right);
            case Expression.Or(List<Expression> operands) ->
                Math.min(
                        1,
                        operands.stream()
                                .mapToDouble(operand -> part(operand, rows, scan))
                                .sum());
            case Expression.Not not -> 1 - part(not.operand(), rows, scan) / 2;
            case Compare compare -> compared(compare, rows, scan);
            case Expression.In(Expression operand, Expression.Literal(Value.ListValue(List<Value> values))) ->
                Math.min(1, values.size() * one(operand, rows, scan));
            case Expression.In in -> RANGE;
            case Expression.DistinctRelationships distinct -> 1;
            case Expression.Literal(Value value) -> value.equals(Value.TRUE) ? 1 : 0;
            case Expression other -> OTHER_CONDITION;
        };
    }

    private static double compared(Compare compare, double rows, Optional<ScanTemplate> scan) {
        return switch (compare.operator()) {
            case EQUAL -> one(compare.left(), rows, scan);
            case NOT_EQUAL -> 1;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> RANGE;
        };
    }

    /** The rows of one value: of a key it is one, of a larger table other values have more rows. */
    private static double one(Expression operand, double rows, Optional<ScanTemplate> scan) {
        boolean isKey = scan.flatMap(template -> field(operand).filter(field -> isKey(template, field)))
                .isPresent();
        return Math.min(1, 1 / Math.max(1, isKey ? rows : Math.sqrt(rows)));
    }

    private static Optional<EntityField> field(Expression operand) {
        return switch (operand) {
            case Expression.FieldRef(var variable, EntityField field) -> Optional.of(field);
            case Expression.Property(Expression.VariableRef variable, String name) ->
                Optional.of(new EntityField.PropertyField(name));
            case Expression other -> Optional.empty();
        };
    }
}
