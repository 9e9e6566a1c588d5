package io.spangraph.engine.optimize;

import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.node;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.relationship;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.rule.DefaultRules;
import io.spangraph.engine.optimize.rule.RuleFixture;
import io.spangraph.engine.plan.LogicalPlan;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * What a pattern of many hops costs the optimizer, counted: how often rules look at nodes, and how much they allocate.
 * A pattern that is twice as long has twice the nodes, and four times the pairs of relationships that must differ.
 */
class LongPatternTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void rulesLookAtEachNodeOfALongPatternAboutAsOftenAsOfAShortOne() {
        assertThat(looks(100)).isLessThan(looks(50) * 5 / 2);
    }

    @Test
    void whatRulesAllocateForALongPatternGrowsNoFasterThanItsPairsOfRelationships() {
        optimized(pattern(50), DefaultRules.ALL);
        assertThat(bytes(100)).isLessThan(bytes(50) * 6);
    }

    @Test
    void allConditionsOfALongPatternReachTheirScans() {
        LogicalPlan plan = optimized(pattern(50), DefaultRules.ALL).plan();
        List<LogicalPlan> scans = new ArrayList<>();
        PlanTree.forEach(plan, part -> {
            if (part instanceof LogicalPlan.VertexScan scan
                    && scan.predicates().stream().anyMatch(isStatus())) {
                scans.add(scan);
            }
        });
        assertThat(scans).hasSize(51);
    }

    private static Predicate<Expression> isStatus() {
        return predicate -> predicate.toString().contains("status");
    }

    private static long looks(int hops) {
        AtomicInteger looks = new AtomicInteger();
        List<Rule> counting = DefaultRules.ALL.stream()
                .<Rule>map(rule -> new CountingRule(rule, looks))
                .toList();
        optimized(pattern(hops), counting);
        return looks.get();
    }

    private static long bytes(int hops) {
        LogicalPlan plan = pattern(hops);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        optimized(plan, DefaultRules.ALL);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static OptimizedPlan optimized(LogicalPlan plan, List<Rule> rules) {
        return new Optimizer(rules).optimize(plan, new RuleContext(RuleFixture.SCHEMA, true, new AtomicInteger(1_000)));
    }

    /** A chain of spans, each with a condition, whose relationships differ from each other. */
    private static LogicalPlan pattern(int hops) {
        List<Expression> conditions = new ArrayList<>();
        List<Variable> relationships = new ArrayList<>();
        Variable last = node("s0", 100);
        conditions.add(equal(get(last, "status"), text("ok")));
        LogicalPlan plan = scan(last, "Span");
        for (int hop = 1; hop <= hops; hop++) {
            Variable next = node("s" + hop, 100 + hop);
            Variable relationship = relationship("r" + hop, 500 + hop);
            plan = out(plan, last, relationship, "CHILD_OF", scan(next, "Span"));
            conditions.add(equal(get(next, "status"), text("ok")));
            relationships.forEach(other -> conditions.add(new DistinctRelationships(List.of(other, relationship))));
            relationships.add(relationship);
            last = next;
        }
        return filter(plan, conditions.toArray(Expression[]::new));
    }

    /** A rule that counts the nodes that it is shown. */
    private record CountingRule(Rule rule, AtomicInteger looks) implements Rule {
        @Override
        public String name() {
            return rule.name();
        }

        @Override
        public String summary() {
            return rule.summary();
        }

        @Override
        public boolean required() {
            return rule.required();
        }

        @Override
        public Order order() {
            return rule.order();
        }

        @Override
        public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
            looks.incrementAndGet();
            return rule.apply(plan, context);
        }
    }
}
