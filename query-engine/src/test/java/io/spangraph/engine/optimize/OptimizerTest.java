package io.spangraph.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.optimize.rule.MergeFilters;
import io.spangraph.engine.optimize.rule.PinTenant;
import io.spangraph.engine.optimize.rule.SimplifyCondition;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    private static final RuleContext CONTEXT = new RuleContext(
            new GraphSchema("empty", Map.of(), Map.of(), Tenancy.SINGLE, List.of(), List.of()),
            true,
            new AtomicInteger());
    private static final LogicalPlan PLAN = new Limit(
            new Filter(new Filter(new SingleRow(), new Literal(Value.TRUE)), new Literal(Value.FALSE)),
            new Literal(Value.of(1L)));

    /** Puts a limit on a limit, for ever. */
    private static final class AddLimits implements Rule {
        private final Order order;

        private AddLimits(Order order) {
            this.order = order;
        }

        @Override
        public Order order() {
            return order;
        }

        @Override
        public String summary() {
            return "Never ends.";
        }

        @Override
        public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
            return plan instanceof SingleRow
                    ? Optional.of(new Limit(plan, new Literal(Value.of(1L))))
                    : Optional.empty();
        }
    }

    /** Takes away what {@link AddLimits} does, so that each of them ends and both together do not. */
    private static final class SwitchLimit implements Rule {
        private final long from;
        private final long to;

        private SwitchLimit(long from, long to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public String name() {
            return "Switch" + from + "To" + to;
        }

        @Override
        public String summary() {
            return "Changes a limit.";
        }

        @Override
        public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
            return plan instanceof Limit limit && limit.count().equals(new Literal(Value.of(from)))
                    ? Optional.of(new Limit(limit.input(), new Literal(Value.of(to))))
                    : Optional.empty();
        }
    }

    @Test
    void appliesRulesInTheirOrderAndSaysWhichChangedThePlan() {
        Optimizer optimizer = new Optimizer(List.of(new PinTenant(), new SimplifyCondition(), new MergeFilters()));
        OptimizedPlan optimized = optimizer.optimize(PLAN, CONTEXT);
        assertThat(optimized.steps()).extracting(RuleStep::rule).containsExactly("SimplifyCondition");
        assertThat(optimized.plan())
                .isEqualTo(new Limit(new Filter(new SingleRow(), new Literal(Value.FALSE)), new Literal(Value.of(1L))))
                .isEqualTo(optimized.steps().getLast().plan());
    }

    @Test
    void leavesOutWhatIsSwitchedOff() {
        Optimizer optimizer = new Optimizer(List.of(new SimplifyCondition(), new MergeFilters()));
        OptimizedPlan optimized = optimizer.optimize(PLAN, CONTEXT, Set.of(SimplifyCondition.class));
        assertThat(optimized.steps()).extracting(RuleStep::rule).containsExactly("MergeFilters");
    }

    @Test
    void keepsRequiredRules() {
        Optimizer optimizer = new Optimizer(List.of(new PinTenant()));
        assertThatThrownBy(() -> optimizer.optimize(PLAN, CONTEXT, Set.of(PinTenant.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rule PinTenant cannot be switched off");
    }

    @Test
    void saysWhichRuleDoesNotEnd() {
        Optimizer optimizer = new Optimizer(List.of(new AddLimits(Rule.Order.BOTTOM_UP)));
        assertThatThrownBy(() -> optimizer.optimize(new SingleRow(), CONTEXT))
                .isInstanceOf(QueryException.class)
                .hasMessage("The optimizer did not finish: rule AddLimits still changes the plan after 200 passes.");
    }

    @Test
    void saysWhichRuleDigsWithoutEnd() {
        Optimizer optimizer = new Optimizer(List.of(new AddLimits(Rule.Order.TOP_DOWN)));
        assertThatThrownBy(() -> optimizer.optimize(new SingleRow(), CONTEXT))
                .isInstanceOf(QueryException.class)
                .hasMessage("The optimizer did not finish: rule AddLimits makes the plan deeper than 800 nodes.");
    }

    @Test
    void refusesPlansThatAreTooDeep() {
        LogicalPlan deep = new SingleRow();
        for (int i = 0; i < 100_000; i++) {
            deep = new Limit(deep, new Literal(Value.of(1L)));
        }
        LogicalPlan plan = deep;
        assertThatThrownBy(() -> new Optimizer(List.of()).optimize(plan, CONTEXT))
                .isInstanceOf(QueryException.class)
                .hasMessage("The query is too deep: its plan has more than 800 steps in a row.");
    }

    @Test
    void saysThatRulesUndoEachOther() {
        List<Rule> rules = List.of(new SwitchLimit(1, 2), new SwitchLimit(2, 1));
        assertThatThrownBy(() -> new Optimizer(rules).optimize(PLAN, CONTEXT))
                .isInstanceOf(QueryException.class)
                .hasMessage("The optimizer did not finish: the rules still change the plan after 40 rounds, last"
                        + " Switch2To1.");
    }
}
