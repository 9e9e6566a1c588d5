package io.spangraph.engine.run;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.walk.VarExpandOperator;
import io.spangraph.engine.exec.walk.WalkInputs;
import io.spangraph.engine.exec.walk.WalkSpec;
import io.spangraph.engine.exec.walk.WalkSpec.Narrowing;
import io.spangraph.engine.exec.walk.WalkSpec.NodeList;
import io.spangraph.engine.exec.walk.WalkSpec.WalkList;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.physical.PhysicalPlan.VarExpand;
import io.spangraph.engine.physical.PhysicalPlan.WalkShape;
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
        return new VarExpandOperator(inputs, spec(plan), operators.context());
    }

    private WalkSpec spec(VarExpand plan) {
        WalkShape shape = plan.shape();
        Optional<WalkList> walk = shape.walk()
                .map(column -> new WalkList(
                        column,
                        operators.compile(
                                new VariableRef(shape.relationship()),
                                plan.edges().layout())));
        Optional<NodeList> between = shape.between()
                .map(column -> new NodeList(
                        column,
                        operators.compile(
                                new VariableRef(shape.from()), plan.input().layout()),
                        operators.compile(
                                new VariableRef(shape.step()), plan.steps().layout()),
                        operators.compile(
                                new VariableRef(shape.to()), plan.target().layout())));
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
                narrowings(plan),
                plan.layout());
    }

    private List<Narrowing> narrowings(VarExpand plan) {
        NarrowableScans narrowable = new NarrowableScans(operators);
        List<Narrowing> narrowings = new ArrayList<>();
        for (KeyPair pair : plan.narrowings()) {
            Stream.of(plan.edges(), plan.steps(), plan.target())
                    .flatMap(rows -> narrowable.under(rows, pair.probe()).stream())
                    .map(scan -> new Narrowing(pair.build(), scan.receiver(), scan.baseColumn()))
                    .forEach(narrowings::add);
        }
        return narrowings;
    }
}
