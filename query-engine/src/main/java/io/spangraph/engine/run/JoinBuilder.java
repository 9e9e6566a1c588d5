package io.spangraph.engine.run;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.apply.ApplyOperator;
import io.spangraph.engine.exec.apply.ArgumentOperator;
import io.spangraph.engine.exec.apply.RollUpApplyOperator;
import io.spangraph.engine.exec.apply.SemiApplyOperator;
import io.spangraph.engine.exec.join.HashJoinOperator;
import io.spangraph.engine.exec.join.JoinColumns;
import io.spangraph.engine.exec.join.NestedLoopJoinOperator;
import io.spangraph.engine.exec.join.SidewaysKey;
import io.spangraph.engine.exec.shared.SharedRows;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.physical.ColumnUse;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.ArgumentRows;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** Makes the operators that have two inputs, and lets join keys narrow the scans of the probe side. */
final class JoinBuilder {
    private final OperatorBuilder operators;
    private final NarrowableScans narrowable;
    private final Map<Integer, SharedRows> shared = new HashMap<>();
    private final Map<Integer, SharedRows> sharedArguments = new HashMap<>();
    private final Map<Integer, ArgumentOperator> arguments = new HashMap<>();

    JoinBuilder(OperatorBuilder operators) {
        this.operators = operators;
        this.narrowable = new NarrowableScans(operators);
    }

    Operator shared(PhysicalPlan.Shared plan) {
        SharedRows rows = shared.get(plan.id());
        if (rows == null) {
            rows = new SharedRows(operators.build(plan.input(), Demand.ALL), operators.context());
            shared.put(plan.id(), rows);
        }
        return rows.reader();
    }

    Operator argument(ArgumentRows plan) {
        SharedRows rows = sharedArguments.get(plan.apply());
        return rows == null ? Optional.ofNullable(arguments.get(plan.apply())).orElseThrow() : rows.reader();
    }

    IntSupplier outerRows(int apply) {
        return Optional.ofNullable(arguments.get(apply)).orElseThrow()::outerRowCount;
    }

    Operator hashJoin(PhysicalPlan.HashJoin join) {
        Operator build = operators.build(join.build(), Demand.ALL);
        Operator probe = operators.build(join.probe());
        List<SidewaysKey> sideways = new ArrayList<>();
        if (!join.kind().givesUnmatchedProbeRows()) {
            join.keys().forEach(key -> sideways.addAll(sideways(join, key)));
        }
        RowLayout both = operators.layoutOfBothSides(join);
        return new HashJoinOperator(
                join.kind(),
                build,
                probe,
                positions(join.keys().stream().map(KeyPair::build).toList(), operators.layout(join.build())),
                positions(join.keys().stream().map(KeyPair::probe).toList(), operators.layout(join.probe())),
                join.residual().map(condition -> operators.compile(condition, both)),
                columns(join, both),
                sideways,
                operators.context());
    }

    private JoinColumns columns(PhysicalPlan.HashJoin join, RowLayout both) {
        List<ColumnId> ofResidual =
                List.copyOf(ColumnUse.of(join.residual().stream().toList(), both.columns()));
        return new JoinColumns(operators.layout(join), positions(join.columns(), both), positions(ofResidual, both));
    }

    private List<SidewaysKey> sideways(PhysicalPlan.HashJoin join, KeyPair key) {
        int position = operators.layout(join.build()).requirePosition(key.build());
        return narrowable.under(join.probe(), key.probe()).stream()
                .map(found -> new SidewaysKey(position, found.receiver(), found.baseColumn()))
                .toList();
    }

    private static int[] positions(List<ColumnId> columns, RowLayout layout) {
        return OperatorBuilder.positions(columns, layout).stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    Operator nestedLoop(PhysicalPlan.NestedLoopJoin join) {
        Optional<Expression> condition = join.condition();
        return new NestedLoopJoinOperator(
                operators.build(join.left()),
                operators.build(join.right()),
                condition.map(expression -> operators.compile(expression, operators.layout(join))),
                operators.layout(join),
                operators.context());
    }

    Operator apply(PhysicalPlan.Apply apply) {
        Operator outer = operators.build(apply.outer());
        ArgumentOperator argument = newArgument(apply.id(), apply.outer(), Optional.of(apply.ordinal()), apply.inner());
        Operator inner = operators.build(apply.inner());
        return new ApplyOperator(
                apply.kind(),
                outer,
                argument,
                inner,
                operators.layout(apply),
                positions(apply.added(), operators.layout(apply.inner())),
                operators.layout(apply.inner()).requirePosition(apply.ordinal()),
                operators.context());
    }

    Operator semiApply(PhysicalPlan.SemiApply apply) {
        Operator outer = operators.build(apply.outer());
        ArgumentOperator argument = newArgument(apply.id(), apply.outer(), Optional.of(apply.ordinal()), apply.inner());
        Operator inner = operators.build(apply.inner(), Demand.PER_OUTER_ROW);
        return new SemiApplyOperator(
                apply.anti(),
                outer,
                argument,
                inner,
                operators.layout(apply.inner()).requirePosition(apply.ordinal()),
                operators.context());
    }

    Operator rollUpApply(PhysicalPlan.RollUpApply apply) {
        Operator outer = operators.build(apply.outer());
        ArgumentOperator argument = newArgument(apply.id(), apply.outer(), apply.ordinal(), apply.inner());
        Operator inner = operators.build(apply.inner());
        return new RollUpApplyOperator(
                outer,
                argument,
                inner,
                operators.aggregateSpec(apply.result(), operators.layout(apply.inner())),
                operators.layout(apply),
                apply.ordinal()
                        .map(ordinal ->
                                OptionalInt.of(operators.layout(apply.inner()).requirePosition(ordinal)))
                        .orElse(OptionalInt.empty()),
                operators.context());
    }

    /** The outer rows as the inner side reads them; kept where it reads them more than once. */
    private ArgumentOperator newArgument(int id, PhysicalPlan outer, Optional<ColumnId> ordinal, PhysicalPlan inner) {
        ArgumentOperator argument = new ArgumentOperator(new RowLayout(
                Stream.concat(outer.columns().stream(), ordinal.stream()).toList()));
        arguments.put(id, argument);
        if (readers(inner, id) > 1) {
            sharedArguments.put(id, new SharedRows(argument, operators.context()));
        }
        return argument;
    }

    private static long readers(PhysicalPlan plan, int apply) {
        long here = plan instanceof ArgumentRows argument && argument.apply() == apply ? 1 : 0;
        return here
                + plan.inputs().stream()
                        .mapToLong(input -> readers(input, apply))
                        .sum();
    }
}
