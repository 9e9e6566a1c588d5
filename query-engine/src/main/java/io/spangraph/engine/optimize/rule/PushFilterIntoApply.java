package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import java.util.Optional;

/**
 * Filters the outer rows of a subquery before it runs.
 *
 * <pre>
 *   Filter t.id = 'x'
 *     OptionalApply
 *       NodeByLabelScan t:Trace
 *       Expand(All) (t)-[r]->(s)
 *         ...
 * becomes
 *   OptionalApply
 *     Filter t.id = 'x'
 *       NodeByLabelScan t:Trace
 *     Expand(All) (t)-[r]->(s)
 *       ...
 * </pre>
 *
 * A condition on what an OPTIONAL side binds stays above: below it would turn rows into nulls that it has to drop. So
 * does one on the value of a RollUpApply. The inner side of any other Apply takes it.
 */
public final class PushFilterIntoApply extends FilterPush {
    @Override
    public String summary() {
        return "Filters the outer rows of a subquery before it runs.";
    }

    @Override
    Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct) {
        if (below instanceof SemiApply apply) {
            return Optional.of(new SemiApply(filter(apply.outer(), conjunct), apply.inner(), apply.anti()));
        }
        if (below instanceof RollUpApply apply) {
            return readsOnly(conjunct, apply.outer().variables())
                    ? Optional.of(new RollUpApply(filter(apply.outer(), conjunct), apply.inner(), apply.result()))
                    : Optional.empty();
        }
        if (!(below instanceof Apply apply)) {
            return Optional.empty();
        }
        if (readsOnly(conjunct, apply.outer().variables())) {
            return Optional.of(new Apply(filter(apply.outer(), conjunct), apply.inner(), apply.kind()));
        }
        if (apply.kind() == ApplyKind.INNER && readsOnly(conjunct, apply.inner().variables())) {
            return Optional.of(new Apply(apply.outer(), filter(apply.inner(), conjunct), apply.kind()));
        }
        return Optional.empty();
    }
}
