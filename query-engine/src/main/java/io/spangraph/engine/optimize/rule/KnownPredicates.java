package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The key predicates that hold for every row of a plan, which need not be asked again but can be carried further. */
final class KnownPredicates {
    private KnownPredicates() {}

    /** @param outer what holds for the rows of an {@link Argument} */
    static List<KeyPredicate> of(LogicalPlan plan, List<KeyPredicate> outer) {
        if (plan instanceof VertexScan scan) {
            return ofConjuncts(scan.predicates());
        }
        if (plan instanceof EdgeScan scan) {
            return ofConjuncts(scan.predicates());
        }
        if (plan instanceof Argument argument) {
            return outer.stream()
                    .filter(known -> argument.variables().contains(known.variable()))
                    .toList();
        }
        if (plan instanceof Union) {
            return List.of();
        }
        if (plan instanceof Project project) {
            return renamed(project.items(), of(project.input(), outer));
        }
        if (plan instanceof Aggregate aggregate) {
            return renamed(aggregate.keys(), of(aggregate.input(), outer));
        }
        boolean outerOnly = plan instanceof SemiApply
                || plan instanceof RollUpApply
                || (plan instanceof Apply apply && apply.kind() == ApplyKind.OPTIONAL);
        List<KeyPredicate> known = new ArrayList<>();
        for (LogicalPlan input : outerOnly ? plan.inputs().subList(0, 1) : plan.inputs()) {
            known.addAll(of(input, outer));
        }
        if (plan instanceof Filter filter) {
            known.addAll(ofConjuncts(Conjunction.split(filter.condition())));
        }
        if (plan instanceof Join join) {
            known.addAll(ofConjuncts(join.conditions()));
        }
        List<Variable> bound = plan.variables();
        known.removeIf(predicate -> !bound.contains(predicate.variable()));
        return known;
    }

    private static List<KeyPredicate> ofConjuncts(List<Expression> conjuncts) {
        return conjuncts.stream()
                .map(KeyPredicate::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<KeyPredicate> renamed(List<Item> items, List<KeyPredicate> below) {
        List<KeyPredicate> known = new ArrayList<>();
        for (Item item : items) {
            if (item.expression() instanceof VariableRef(Variable source) && source.isEntity()) {
                below.stream()
                        .filter(predicate -> predicate.variable().equals(source))
                        .flatMap(predicate ->
                                KeyPredicate.of(predicate.on(item.variable(), predicate.column())).stream())
                        .forEach(known::add);
            }
        }
        return known;
    }
}
