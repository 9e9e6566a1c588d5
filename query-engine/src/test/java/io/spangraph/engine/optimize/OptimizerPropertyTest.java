package io.spangraph.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.explain.PlanPrinter;
import io.spangraph.engine.optimize.rule.DefaultRules;
import io.spangraph.engine.testkit.RandomCase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * On random graphs, mappings and queries the optimised plan, the plan with any one rule off and the plan with none but
 * the required rules give the rows of the plan as it was translated. {@code -Dproperty.seed} and {@code -Dproperty.cases}
 * choose others; a failure names its seed.
 */
class OptimizerPropertyTest {
    private static final int CASES = Integer.getInteger("property.cases", 2_000);
    private static final long FIRST_SEED = Long.getLong("property.seed", 1L);

    private static final List<Rule> SWITCHABLE =
            DefaultRules.ALL.stream().filter(rule -> !rule.required()).toList();

    @Test
    void noRuleChangesAnAnswer() {
        Map<String, Integer> fired = new HashMap<>();
        int answered = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
            RandomCase drawn = RandomCase.draw(seed);
            answered += drawn.expected().isEmpty() ? 0 : 1;
            OptimizedPlan optimized = check(drawn, DefaultRules.optimizer(), Set.of());
            new LinkedHashSet<>(optimized.steps().stream().map(RuleStep::rule).toList())
                    .forEach(rule -> fired.merge(rule, 1, Integer::sum));
            check(
                    drawn,
                    DefaultRules.optimizer(),
                    Set.of(SWITCHABLE.get((int) (seed % SWITCHABLE.size())).getClass()));
            check(drawn, DefaultRules.optimizer(), allSwitchable());
        }
        assertThat(answered).as("answers with rows of %d", CASES).isGreaterThanOrEqualTo(CASES * 6 / 10);
        for (Rule rule : DefaultRules.ALL) {
            assertThat(fired.getOrDefault(rule.name(), 0))
                    .as("cases of %d in which %s fired, among %s", CASES, rule.name(), fired)
                    .isGreaterThanOrEqualTo(CASES / 20);
        }
    }

    private static Set<Class<? extends Rule>> allSwitchable() {
        Set<Class<? extends Rule>> all = new HashSet<>();
        SWITCHABLE.forEach(rule -> all.add(rule.getClass()));
        return all;
    }

    private static OptimizedPlan check(RandomCase drawn, Optimizer optimizer, Set<Class<? extends Rule>> off) {
        RuleContext context = new RuleContext(
                drawn.graph().schema(),
                drawn.tenant().isEmpty(),
                new AtomicInteger(drawn.query().nextVariable()));
        OptimizedPlan optimized = optimizer.optimize(drawn.query().plan(), context, off);
        Optional<String> difference;
        try {
            difference = drawn.difference(drawn.reference(optimized.plan()));
        } catch (RuntimeException failure) {
            throw new AssertionError(
                    drawn + "without " + off + " fails as\n" + PlanPrinter.print(optimized.plan()), failure);
        }
        assertThat(difference)
                .as("%swithout %s optimised to%n%s", drawn, off, PlanPrinter.print(optimized.plan()))
                .isEmpty();
        return optimized;
    }
}
