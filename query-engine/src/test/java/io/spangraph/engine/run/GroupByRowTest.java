package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.N;
import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.R2;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.in;
import static io.spangraph.engine.optimize.rule.RuleFixture.less;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.pass;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static io.spangraph.engine.run.TraceTables.ROWS_PER_FILE;
import static io.spangraph.engine.run.TraceTables.SIDE_BY_SIDE;
import static io.spangraph.engine.run.TraceTables.context;
import static io.spangraph.engine.run.TraceTables.profile;
import static io.spangraph.engine.run.TraceTables.rows;
import static io.spangraph.engine.run.TraceTables.source;
import static io.spangraph.engine.run.TraceTables.uniqueSpans;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.GroupByRow;
import io.spangraph.engine.physical.PhysicalRule;
import io.spangraph.engine.physical.PhysicalRules;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.run.TraceTables.Order;
import io.spangraph.engine.testkit.InMemoryScanSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups are the same whether they are told apart by rows or by keys, wherever the rows lie. */
class GroupByRowTest {
    private static LogicalPlan children(LogicalPlan outer) {
        return new Apply(
                outer,
                filter(
                        in(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span")),
                        equal(get(P, "status"), text("ok"))),
                ApplyKind.OPTIONAL);
    }

    private static AggregateItem count(Expression counted, Variable as) {
        return new AggregateItem(new AggregateCall(AggregateFunction.COUNT, List.of(counted), false), as);
    }

    private static AggregateItem countRows(Variable as) {
        return new AggregateItem(new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false), as);
    }

    /** How many children each span has, and how many rows that makes. */
    private static LogicalPlan fanOut() {
        return project(
                new Aggregate(children(scan(S, "Span")), List.of(pass(S)), List.of(count(ref(P), X), countRows(Y))),
                pass(X),
                pass(Y));
    }

    private static LogicalPlan histogram() {
        LogicalPlan counts = new Aggregate(children(scan(S, "Span")), List.of(pass(S)), List.of(count(ref(P), X)));
        return new Aggregate(counts, List.of(pass(X)), List.of(countRows(Y)));
    }

    private static LogicalPlan parents() {
        return out(scan(S, "Span"), S, R1, "CHILD_OF", scan(P, "Span"));
    }

    /** A parent with several children of one status. */
    private static LogicalPlan alike() {
        LogicalPlan counts = new Aggregate(parents(), List.of(pass(P), as(get(S, "status"), X)), List.of(countRows(Y)));
        return project(filter(counts, less(number(1), ref(Y))), pass(X), pass(Y));
    }

    /** What is asked of the grouped node comes from its row. */
    private static LogicalPlan carried() {
        return project(
                new Aggregate(
                        parents(),
                        List.of(pass(P)),
                        List.of(new AggregateItem(
                                new AggregateCall(AggregateFunction.SUM, List.of(get(S, "weight")), false), Y))),
                as(get(P, "span_id"), X),
                pass(Y));
    }

    /** Children beside each other are more than there are rows: they are counted, and nothing more is held of them. */
    private static LogicalPlan siblings() {
        LogicalPlan pairs = in(parents(), P, R2, "CHILD_OF", scan(N, "Span"));
        return project(
                new Aggregate(pairs, List.of(pass(P)), List.of(countRows(X), count(ref(N), Y))), pass(X), pass(Y));
    }

    private static List<LogicalPlan> plans() {
        return List.of(fanOut(), histogram(), alike(), carried(), siblings());
    }

    private static List<PhysicalRule> byKeys() {
        return PhysicalRules.ALL.stream()
                .filter(rule -> !(rule instanceof GroupByRow))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void groupsAreThoseOfKeys(Order order) {
        for (int seed = 0; seed < 4; seed++) {
            try (InMemoryScanSource source = source(uniqueSpans(25, order, new Random(seed)), ROWS_PER_FILE)) {
                for (LogicalPlan plan : plans()) {
                    for (Optional<String> tenant : List.of(Optional.<String>empty(), Optional.of("acme"))) {
                        List<String> expected = rows(source, byKeys(), plan, context(tenant, Execution.SEQUENTIAL));

                        assertThat(expected).isNotEmpty();
                        assertThat(rows(source, PhysicalRules.ALL, plan, context(tenant, Execution.SEQUENTIAL)))
                                .isEqualTo(expected);
                        assertThat(rows(source, PhysicalRules.ALL, plan, context(tenant, SIDE_BY_SIDE)))
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void aLargeTableInAnotherOrderIsGroupedByKeys() {
        try (InMemoryScanSource source = source(uniqueSpans(2_500, Order.SHUFFLED, new Random(5)), 6_000)) {
            assertThat(profile(source, histogram())).contains("GROUPED", "joinedByKeys");
            assertThat(rows(source, PhysicalRules.ALL, histogram(), context(Optional.empty(), SIDE_BY_SIDE)))
                    .isEqualTo(rows(source, byKeys(), histogram(), context(Optional.empty(), Execution.SEQUENTIAL)));
        }
    }

    @Test
    void groupsAreMadeWhereTheirRowsAreFound() {
        try (InMemoryScanSource source = source(uniqueSpans(25, Order.TRACE_BY_TRACE, new Random(1)), ROWS_PER_FILE)) {
            for (LogicalPlan plan : plans()) {
                assertThat(profile(source, plan)).contains("ScopeScan: ", " GROUPED ", " BY row of ");
            }
            assertThat(profile(source, fanOut()))
                    .contains("GROUPED count(p) AS x, count(*) AS y BY row of s")
                    .doesNotContain("EagerAggregation");
            assertThat(profile(source, alike())).contains("GROUPED count(*) AS y BY row of p, x");
        }
    }

    @Test
    void whatIsHeldOfMoreThanTheRowsOfABlockIsGroupedByKeys() {
        LogicalPlan pairs = in(parents(), P, R2, "CHILD_OF", scan(N, "Span"));
        LogicalPlan values = project(
                new Aggregate(pairs, List.of(pass(P), as(get(N, "status"), X)), List.of(countRows(Y))),
                pass(X),
                pass(Y));
        LogicalPlan distinct = project(
                new Aggregate(
                        pairs,
                        List.of(pass(P)),
                        List.of(
                                new AggregateItem(
                                        new AggregateCall(AggregateFunction.COUNT, List.of(get(N, "status")), true), X),
                                countRows(Y))),
                pass(X),
                pass(Y));
        LogicalPlan byValue = new Aggregate(parents(), List.of(as(get(P, "status"), X)), List.of(countRows(Y)));
        try (InMemoryScanSource source = source(uniqueSpans(25, Order.TRACE_BY_TRACE, new Random(1)), ROWS_PER_FILE)) {
            for (LogicalPlan plan : List.of(values, distinct, byValue)) {
                assertThat(profile(source, plan))
                        .contains("ScopeScan: ", "EagerAggregation")
                        .doesNotContain("GROUPED");
            }
        }
    }
}
