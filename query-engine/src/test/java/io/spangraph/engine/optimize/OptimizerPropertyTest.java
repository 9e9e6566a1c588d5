package io.spangraph.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.SpillSpace;
import io.spangraph.engine.context.Workers;
import io.spangraph.engine.explain.PlanPrinter;
import io.spangraph.engine.optimize.rule.DefaultRules;
import io.spangraph.engine.physical.PhysicalRule;
import io.spangraph.engine.physical.PhysicalRules;
import io.spangraph.engine.testkit.EngineAnswers;
import io.spangraph.engine.testkit.RandomCase;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * On random graphs, mappings and queries, asked by principals of one tenant and of all, the reference evaluator and the
 * engine give the same rows for the plan with all rules, with any one rule off and with none but the required rules as
 * the reference evaluator gives for the plan as it was translated. {@code -Dproperty.seed} and {@code -Dproperty.cases}
 * choose others; a failure names its seed.
 */
@org.junit.jupiter.api.parallel.Execution(ExecutionMode.CONCURRENT)
class OptimizerPropertyTest {
    private static final int CASES = Integer.getInteger("property.cases", Boolean.getBoolean("full") ? 10_000 : 2_000);
    private static final long FIRST_SEED = Long.getLong("property.seed", 1L);

    /** Each file of a few rows is worth a thread of its own. */
    private static final Execution SIDE_BY_SIDE = new Execution(Workers.of(2, 1), SpillSpace.NONE);

    private static final List<Rule> REQUIRED =
            DefaultRules.ALL.stream().filter(Rule::required).toList();
    private static final List<Rule> SWITCHABLE =
            DefaultRules.ALL.stream().filter(rule -> !rule.required()).toList();

    @Test
    void noRuleChangesAnAnswer() {
        Map<String, Integer> fired = new HashMap<>();
        Map<String, Integer> constructs = new TreeMap<>();
        int answered = 0;
        int asTenant = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
            RandomCase drawn = RandomCase.draw(seed);
            answered += drawn.expected().isEmpty() ? 0 : 1;
            if (!drawn.expected().isEmpty()) {
                SubqueryConstructs.of(drawn.query().plan()).forEach(name -> constructs.merge(name, 1, Integer::sum));
            }
            asTenant += drawn.tenant().isPresent() ? 1 : 0;
            Rule off = SWITCHABLE.get((int) (seed % SWITCHABLE.size()));
            List<Rule> allButOne =
                    DefaultRules.ALL.stream().filter(rule -> rule != off).toList();
            OptimizedPlan optimized = check(drawn, DefaultRules.ALL, "all rules");
            check(drawn, allButOne, "all rules but " + off.name());
            check(drawn, REQUIRED, "required rules only");
            new LinkedHashSet<>(optimized.steps().stream().map(RuleStep::rule).toList())
                    .forEach(rule -> fired.merge(rule, 1, Integer::sum));
            PhysicalRule left = PhysicalRules.ALL.get((int) (seed % PhysicalRules.ALL.size()));
            checkWithout(drawn, left, optimized);
            PhysicalRules.ALL.stream()
                    .filter(rule -> chooses(drawn, rule, optimized))
                    .forEach(rule -> fired.merge(rule.name(), 1, Integer::sum));
        }
        assertThat(answered).as("answers with rows of %d", CASES).isGreaterThanOrEqualTo(CASES * 6 / 10);
        assertThat(asTenant).as("principals of one tenant of %d", CASES).isGreaterThanOrEqualTo(CASES / 4);
        for (String construct : SubqueryConstructs.ALL) {
            assertThat(constructs.getOrDefault(construct, 0))
                    .as("cases with rows of %d that have %s, among %s", CASES, construct, constructs)
                    .isGreaterThanOrEqualTo(CASES / 20);
        }
        List<String> names =
                new ArrayList<>(DefaultRules.ALL.stream().map(Rule::name).toList());
        PhysicalRules.ALL.forEach(rule -> names.add(rule.name()));
        for (String rule : names) {
            assertThat(fired.getOrDefault(rule, 0))
                    .as("cases of %d in which %s fired, among %s", CASES, rule, fired)
                    .isGreaterThanOrEqualTo(CASES / 20);
        }
    }

    private static void checkWithout(RandomCase drawn, PhysicalRule left, OptimizedPlan optimized) {
        check(
                drawn,
                "the engine",
                "all rules but " + left.name(),
                optimized,
                () -> EngineAnswers.rows(drawn, DefaultRules.ALL, allBut(left), Execution.SEQUENTIAL));
    }

    private static boolean chooses(RandomCase drawn, PhysicalRule rule, OptimizedPlan optimized) {
        return !EngineAnswers.operators(drawn, optimized.plan(), PhysicalRules.ALL)
                .equals(EngineAnswers.operators(drawn, optimized.plan(), allBut(rule)));
    }

    private static List<PhysicalRule> allBut(PhysicalRule left) {
        return PhysicalRules.ALL.stream().filter(rule -> rule != left).toList();
    }

    private static OptimizedPlan check(RandomCase drawn, List<Rule> rules, String which) {
        RuleContext context = new RuleContext(
                drawn.graph().schema(),
                drawn.tenant().isEmpty(),
                new AtomicInteger(drawn.query().nextVariable()));
        OptimizedPlan optimized = new Optimizer(rules).optimize(drawn.query().plan(), context);
        check(drawn, "the reference evaluator", which, optimized, () -> drawn.reference(optimized.plan()));
        check(drawn, "the engine", which, optimized, () -> EngineAnswers.rows(drawn, rules, Execution.SEQUENTIAL));
        if (rules.equals(DefaultRules.ALL)) {
            check(
                    drawn,
                    "the engine on several threads",
                    which,
                    optimized,
                    () -> EngineAnswers.rows(drawn, rules, SIDE_BY_SIDE));
        }
        return optimized;
    }

    private static void check(
            RandomCase drawn, String who, String which, OptimizedPlan optimized, Supplier<List<List<Value>>> answer) {
        String what = drawn + "as " + who + " answers it with " + which + ":\n" + PlanPrinter.print(optimized.plan());
        List<List<Value>> rows;
        try {
            rows = answer.get();
        } catch (RuntimeException failure) {
            throw new AssertionError(what, failure);
        }
        assertThat(drawn.difference(rows)).as("%s", what).isEmpty();
    }
}
