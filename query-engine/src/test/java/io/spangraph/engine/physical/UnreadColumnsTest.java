package io.spangraph.engine.physical;

import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.SCHEMA;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.optimize.rule.DefaultRules;
import io.spangraph.engine.physical.PhysicalPlan.HashJoin;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import io.spangraph.engine.row.ColumnId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnreadColumnsTest {
    private static List<HashJoin> joins(LogicalPlan plan) {
        LogicalPlan optimized = DefaultRules.optimizer()
                .optimize(plan, new RuleContext(SCHEMA, true, new AtomicInteger(1_000)))
                .plan();
        PhysicalPlan planned = new PhysicalPlanner(SCHEMA)
                .plan(optimized, List.of(new ResultColumn("x", X), new ResultColumn("y", Y)));
        return flat(planned)
                .filter(HashJoin.class::isInstance)
                .map(HashJoin.class::cast)
                .toList();
    }

    private static Stream<PhysicalPlan> flat(PhysicalPlan plan) {
        return Stream.concat(Stream.of(plan), plan.inputs().stream().flatMap(UnreadColumnsTest::flat));
    }

    @Test
    void keysEndInTheJoin() {
        LogicalPlan hop = out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span"));
        LogicalPlan plan = project(hop, as(get(T, "total"), X), as(get(S, "span_id"), Y));

        assertThat(joins(plan)).singleElement().satisfies(join -> {
            assertThat(join.columns())
                    .containsExactlyInAnyOrder(ColumnId.property(T, "total"), ColumnId.property(S, "span_id"));
            assertThat(join.keys())
                    .isNotEmpty()
                    .allSatisfy(key -> assertThat(join.unread()).contains(key.build(), key.probe()));
        });
    }
}
