package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import io.spangraph.engine.plan.LogicalPlan.TopN;
import io.spangraph.engine.procedure.ServerFacts;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A page of traces with the first characters of all payloads holds these characters, and never all payloads. */
class CollectedPayloadsTest {
    private static final int TRACES = 550;
    private static final int SPANS = 5 * TRACES;
    private static final int KEPT = 600;
    private static final int WIDE = 32_000;
    /** Of payloads that are read together: where they lie, and in the order of their rows with room to grow. */
    private static final long READ_AT_ONCE = 3 * (17L << 20);

    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofMinutes(5), 10_000, 1L << 30, 1L << 30);

    /** What a query held. */
    private record Held(long atItsRows, long atMost) {}

    private static LogicalPlan page() {
        Expression first = new FunctionCall("substring", List.of(get(S, "input"), number(0), number(KEPT)));
        AggregateCall collected = new AggregateCall(AggregateFunction.COLLECT, List.of(first), false);
        LogicalPlan newest = new TopN(
                scan(T, "Trace"),
                List.of(new SortKey(get(T, "total"), true), new SortKey(get(T, "trace_id"), false)),
                Optional.empty(),
                number(TRACES));
        LogicalPlan spans = out(new Argument(List.of(T)), T, R1, "HAS_SPAN", scan(S, "Span"));
        return new Aggregate(
                new Apply(newest, spans, ApplyKind.OPTIONAL),
                List.of(as(get(T, "trace_id"), X)),
                List.of(new AggregateItem(collected, Y)));
    }

    private static Held held(int width) {
        List<String> tenants =
                IntStream.range(0, TRACES / 4 + 1).mapToObj(i -> "tenant" + i).toList();
        SpanTables tables = new SpanTables(tenants, ServerFacts.NO_SERVER, id -> id + "x".repeat(width - id.length()));
        QueryContext context = SpanTables.context(Optional.empty(), LIMITS, Map.of());
        int payloads = 0;
        long atItsRows = 0;
        try (ResultCursor cursor = tables.run(page(), context, X, Y)) {
            while (cursor.advance()) {
                atItsRows = Math.max(atItsRows, context.memory().reservedBytes());
                for (Value payload : ((Value.ListValue) cursor.row().getLast()).elements()) {
                    assertThat(((Value.StringValue) payload).value()).hasSize(KEPT);
                    payloads++;
                }
            }
        }
        assertThat(payloads).isEqualTo(SPANS);
        assertThat(context.memory().reservedBytes()).isZero();
        return new Held(atItsRows, context.memory().peakBytes());
    }

    @Test
    void memoryDoesNotGrowWithThePayloadsBeyondWhatIsKept() {
        Held narrow = held(KEPT);
        Held wide = held(WIDE);

        assertThat(wide.atItsRows()).isEqualTo(narrow.atItsRows());
        assertThat(narrow.atMost()).isGreaterThan((long) SPANS * KEPT);
        assertThat(wide.atMost() - narrow.atMost()).isLessThan(READ_AT_ONCE);
        assertThat((long) SPANS * WIDE).isGreaterThan(READ_AT_ONCE * 3 / 2);
    }
}
