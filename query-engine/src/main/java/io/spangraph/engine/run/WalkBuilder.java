package io.spangraph.engine.run;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.walk.ShortestPathOperator;
import io.spangraph.engine.exec.walk.VarExpandOperator;
import io.spangraph.engine.exec.walk.WalkInputs;
import io.spangraph.engine.exec.walk.WalkSpec;
import io.spangraph.engine.exec.walk.WalkSpec.Narrowing;
import io.spangraph.engine.exec.walk.WalkSpec.NodeList;
import io.spangraph.engine.exec.walk.WalkSpec.WalkList;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.physical.PhysicalPlan.ShortestPath;
import io.spangraph.engine.physical.PhysicalPlan.VarExpand;
import io.spangraph.engine.physical.WalkShape;
import io.spangraph.engine.row.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the operators of walks. */
final class WalkBuilder {
    private final OperatorBuilder operators;

    WalkBuilder(OperatorBuilder operators) {
        this.operators = operators;
    }

    Operator varExpand(VarExpand plan) {
        WalkInputs inputs = new WalkInputs(
                operators.build(plan.input()),
                operators.build(plan.edges()),
                operators.build(plan.steps()),
                operators.build(plan.target()),
                plan.trustedSteps().map(operators::build),
                plan.trustedTargets().map(operators::build));
        Sources sources = new Sources(plan.input(), plan.edges(), plan.steps(), plan.target());
        return new VarExpandOperator(
                inputs,
                spec(plan.shape(), sources, narrowings(plan.narrowings(), sources), operators.layout(plan)),
                operators.context());
    }

    Operator shortestPath(ShortestPath plan) {
        // Both ends are bound by the input.
        Sources sources = new Sources(plan.input(), plan.edges(), plan.steps(), plan.input());
        return new ShortestPathOperator(
                operators.build(plan.input()),
                operators.build(plan.edges()),
                operators.build(plan.steps()),
                plan.trustedSteps().map(operators::build),
                spec(plan.shape(), sources, narrowings(plan.narrowings(), sources), operators.layout(plan)),
                plan.all(),
                operators.context());
    }

    /** Where the parts of a walk come from. */
    private record Sources(PhysicalPlan input, PhysicalPlan edges, PhysicalPlan steps, PhysicalPlan target) {}

    private WalkSpec spec(WalkShape shape, Sources sources, List<Narrowing> narrowings, RowLayout output) {
        Optional<WalkList> walk =
                shape.walk().map(column -> new WalkList(column, value(shape.relationship(), sources.edges())));
        Optional<NodeList> between = shape.between()
                .map(column -> new NodeList(
                        column,
                        value(shape.from(), sources.input()),
                        value(shape.step(), sources.steps()),
                        value(shape.to(), sources.target())));
        return new WalkSpec(
                shape.from(),
                shape.relationship(),
                shape.step(),
                shape.to(),
                shape.min(),
                shape.max(),
                shape.kinds(),
                walk,
                between,
                narrowings,
                output);
    }

    private CompiledExpression value(Variable variable, PhysicalPlan rows) {
        return operators.compile(new VariableRef(variable), operators.layout(rows));
    }

    private List<Narrowing> narrowings(List<KeyPair> pairs, Sources sources) {
        NarrowableScans narrowable = new NarrowableScans(operators);
        List<Narrowing> narrowings = new ArrayList<>();
        for (KeyPair pair : pairs) {
            Stream.of(sources.edges(), sources.steps(), sources.target())
                    .flatMap(rows -> narrowable.under(rows, pair.probe()).stream())
                    .map(scan -> new Narrowing(pair.build(), scan.receiver(), scan.baseColumn()))
                    .forEach(narrowings::add);
        }
        return narrowings;
    }
}
