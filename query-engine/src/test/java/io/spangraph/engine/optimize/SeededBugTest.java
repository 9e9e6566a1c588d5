package io.spangraph.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.rule.DefaultRules;
import io.spangraph.engine.physical.PhysicalRule;
import io.spangraph.engine.physical.PhysicalRules;
import io.spangraph.engine.testkit.EngineAnswers;
import io.spangraph.engine.testkit.RandomCase;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The property test finds a rule that is wrong: with one rule replaced by one with a plausible defect, it fails. */
@Execution(ExecutionMode.CONCURRENT)
class SeededBugTest {
    private static final int CASES = 2_000;

    /** Drawn once for all defects, as far as one of them needs them. */
    private static final List<RandomCase> DRAWN = new ArrayList<>();

    /** One after the other, as they share what is drawn. */
    @ParameterizedTest
    @EnumSource(SeededBug.class)
    @Execution(ExecutionMode.SAME_THREAD)
    void isFound(SeededBug bug) {
        List<Rule> rules = new ArrayList<>(DefaultRules.ALL);
        rules.replaceAll(rule -> rule.name().equals(bug.ruleName()) ? bug.in(rule) : rule);
        assertThat(rules).isNotEqualTo(DefaultRules.ALL);
        Optimizer optimizer = new Optimizer(rules);
        requireWrong(bug, drawn -> isWrong(drawn, optimizer));
    }

    @ParameterizedTest
    @EnumSource(SeededChoice.class)
    @Execution(ExecutionMode.SAME_THREAD)
    void isFoundInTheChoiceOfOperators(SeededChoice bug) {
        List<PhysicalRule> choices = new ArrayList<>(PhysicalRules.ALL);
        choices.replaceAll(rule -> rule.name().equals(bug.ruleName()) ? bug.in(rule) : rule);
        assertThat(choices).isNotEqualTo(PhysicalRules.ALL);
        requireWrong(bug, drawn -> isWrong(drawn, choices));
    }

    private static void requireWrong(Enum<?> bug, Predicate<RandomCase> wrong) {
        for (int i = 0; i < CASES; i++) {
            if (wrong.test(drawn(i))) {
                return;
            }
        }
        throw new AssertionError("no case of " + CASES + " shows the defect " + bug);
    }

    private static RandomCase drawn(int number) {
        synchronized (DRAWN) {
            while (DRAWN.size() <= number) {
                DRAWN.add(RandomCase.draw(DRAWN.size() + 1L));
            }
            return DRAWN.get(number);
        }
    }

    private static boolean isWrong(RandomCase drawn, List<PhysicalRule> choices) {
        List<List<Value>> rows =
                EngineAnswers.rows(drawn, DefaultRules.ALL, choices, io.spangraph.engine.context.Execution.SEQUENTIAL);
        return drawn.difference(rows).isPresent();
    }

    private static boolean isWrong(RandomCase drawn, Optimizer optimizer) {
        RuleContext context = new RuleContext(
                drawn.graph().schema(),
                drawn.tenant().isEmpty(),
                new AtomicInteger(drawn.query().nextVariable()));
        OptimizedPlan optimized = optimizer.optimize(drawn.query().plan(), context);
        try {
            return drawn.difference(drawn.reference(optimized.plan())).isPresent();
        } catch (RuntimeException failure) {
            return true;
        }
    }
}
