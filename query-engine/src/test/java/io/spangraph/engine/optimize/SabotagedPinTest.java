package io.spangraph.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.optimize.rule.DefaultRules;
import io.spangraph.engine.optimize.rule.PinTenant;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.engine.testkit.EngineAnswers;
import io.spangraph.engine.testkit.RandomCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whatever the other rules make of a plan, without its pins it is refused before anything is read. */
class SabotagedPinTest {
    private static final int CASES = 150;
    private static final Optional<PinMode> OPEN = Optional.of(new PinMode.Unrestricted());

    /** Lets everybody see the rows of all tenants. */
    private static final class PinsNothing implements Rule {
        @Override
        public String summary() {
            return "Pins nothing.";
        }

        @Override
        public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
            return Optional.of(unpinned(plan)).filter(other -> !other.equals(plan));
        }

        private static LogicalPlan unpinned(LogicalPlan plan) {
            if (plan instanceof VertexScan scan) {
                return scan.withCandidates(scan.candidates().stream()
                        .map(each -> new VertexCandidate(each.type(), OPEN))
                        .toList());
            }
            if (plan instanceof EdgeScan scan) {
                return scan.withCandidates(scan.candidates().stream()
                        .map(each -> new EdgeCandidate(each.type(), each.reversed(), each.skipLoops(), OPEN))
                        .toList());
            }
            return plan;
        }
    }

    @Test
    void thePlanCheckerStopsEveryPlan() {
        List<Rule> sabotaged = new ArrayList<>(DefaultRules.ALL);
        sabotaged.replaceAll(rule -> rule instanceof PinTenant ? new PinsNothing() : rule);
        int stopped = 0;
        for (long seed = 1; seed <= CASES; seed++) {
            RandomCase drawn = RandomCase.draw(seed);
            if (drawn.tenant().isPresent() && readsRowsOfTenants(drawn)) {
                assertThatThrownBy(() -> EngineAnswers.rows(drawn, sabotaged, Execution.SEQUENTIAL))
                        .as("%s", drawn)
                        .isInstanceOf(QueryException.class)
                        .hasMessageStartingWith("The plan was refused: for a reader of one tenant its scan of");
                stopped++;
            }
        }
        assertThat(stopped).isGreaterThan(CASES / 5);
    }

    private static boolean readsRowsOfTenants(RandomCase drawn) {
        RuleContext context = new RuleContext(
                drawn.graph().schema(), false, new AtomicInteger(drawn.query().nextVariable()));
        LogicalPlan plan =
                DefaultRules.optimizer().optimize(drawn.query().plan(), context).plan();
        return hasPinnedScan(EngineAnswers.operators(drawn, plan, List.of()));
    }

    private static boolean hasPinnedScan(PhysicalPlan plan) {
        boolean here =
                plan instanceof PhysicalPlan.TableScan scan && scan.template().pin() instanceof PinMode.ByTenant;
        return here || plan.inputs().stream().anyMatch(SabotagedPinTest::hasPinnedScan);
    }
}
