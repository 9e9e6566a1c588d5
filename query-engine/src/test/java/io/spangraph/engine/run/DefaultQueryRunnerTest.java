package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.A;
import static io.spangraph.engine.optimize.rule.RuleFixture.N;
import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.R2;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.in;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.parameter;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.shortest;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static io.spangraph.engine.optimize.rule.RuleFixture.value;
import static io.spangraph.engine.optimize.rule.RuleFixture.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation.Reason;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import io.spangraph.engine.plan.LogicalPlan.TopN;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DefaultQueryRunnerTest {
    private final SpanTables tables = new SpanTables();

    private static LogicalPlan path() {
        return out(out(scan(A, "Agent"), A, R1, "OWNS", scan(T, "Trace")), T, R2, "HAS_SPAN", scan(S, "Span"));
    }

    @Test
    void aTenantSeesItsOwnRowsAtEveryHop() {
        LogicalPlan plan = new Aggregate(
                path(),
                List.of(as(get(A, "agent_id"), X)),
                List.of(new AggregateItem(new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false), Y)));
        assertThat(tables.rows(plan, SpanTables.acme(), X, Y)).containsExactly("acme0 10", "acme1 10");
        assertThat(tables.rows(plan, SpanTables.everyTenant(), X, Y))
                .containsExactly("acme0 10", "acme1 10", "globex0 10", "globex1 10");
    }

    @Test
    void aPlanRunsOnlyForWhomItWasMade() {
        var forAll = tables.runner.prepare(
                SpanTables.query(Mode.RUN, scan(T, "Trace"), T), QueryRunner.PinScope.ALL_TENANTS);
        assertThatThrownBy(() -> tables.runner.run(forAll, SpanTables.acme(), tables.snapshots()))
                .isInstanceOf(QueryException.class)
                .hasMessage("A plan was refused: it was made for readers of other tenants.");
    }

    @Test
    void aKeyReadsTheFilesThatHoldItAndNoOthers() {
        LogicalPlan plan = filter(scan(S, "Span"), equal(get(S, "trace_id"), parameter("id")));
        QueryContext context =
                SpanTables.context(Optional.empty(), SpanTables.LIMITS, Map.of("id", Value.of("acme-t2")));
        try (ResultCursor cursor = tables.run(plan, context, S)) {
            assertThat(SpanTables.drain(cursor)).hasSize(5);
            Receipt receipt = cursor.receipt();
            assertThat(receipt.counts().filesRead()).isEqualTo(1);
            assertThat(receipt.counts().filesSkipped()).isEqualTo(7);
            assertThat(receipt.rows()).isEqualTo(5);
            assertThat(receipt.snapshots()).containsExactly(Map.entry("db.spans", 1L));
        }
    }

    @Test
    void keysOfOneSideNarrowTheScanOfTheOther() {
        LogicalPlan plan = out(
                filter(scan(T, "Trace"), equal(get(T, "total"), number(20)), equal(get(T, "agent_id"), text("acme0"))),
                T,
                R1,
                "HAS_SPAN",
                scan(S, "Span"));
        LogicalPlan known =
                out(filter(scan(T, "Trace"), equal(get(T, "total"), number(20))), T, R1, "HAS_SPAN", scan(S, "Span"));
        assertThat(tables.rows(plan, SpanTables.everyTenant(), S)).isEmpty();
        try (ResultCursor cursor = tables.run(known, SpanTables.acme(), S)) {
            assertThat(SpanTables.drain(cursor)).hasSize(5);
            assertThat(cursor.receipt().counts().rowsRead())
                    .as("the traces of the tenant, and the spans of one trace")
                    .isEqualTo(5 + 5);
        }
    }

    @Test
    void wholeNodesLeaveLargePropertiesOut() {
        LogicalPlan plan = filter(scan(S, "Span"), equal(get(S, "span_id"), text("acme-t0-s0")));
        try (ResultCursor cursor = tables.run(plan, SpanTables.acme(), S)) {
            assertThat(cursor.advance()).isTrue();
            Value.NodeValue node = (Value.NodeValue) cursor.row().getFirst();
            assertThat(node.labels()).containsExactly("Span");
            assertThat(node.properties()).containsKeys("span_id", "status").doesNotContainKeys("input", "name");
            assertThat(node.id().tenant()).contains("acme");
        }
        LogicalPlan named = project(plan, as(get(S, "input"), X));
        assertThat(tables.rows(named, SpanTables.acme(), X)).containsExactly("large text");
    }

    @Test
    void optionalMatchesKeepRowsWithoutAMatch() {
        LogicalPlan children = in(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span"));
        LogicalPlan plan = project(
                new Apply(
                        filter(scan(S, "Span"), equal(get(S, "trace_id"), text("acme-t1"))),
                        children,
                        ApplyKind.OPTIONAL),
                as(get(S, "span_id"), X),
                as(get(P, "span_id"), Y));
        assertThat(tables.rows(plan, SpanTables.acme(), X, Y))
                .containsExactly(
                        "acme-t1-s0 acme-t1-s1",
                        "acme-t1-s1 acme-t1-s2",
                        "acme-t1-s2 acme-t1-s3",
                        "acme-t1-s3 acme-t1-s4",
                        "acme-t1-s4 null");
    }

    @Test
    void anAggregateInASubqueryHasOneRowForEachOuterRow() {
        LogicalPlan counted = new Aggregate(
                in(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span")),
                List.of(),
                List.of(new AggregateItem(new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false), Y)));
        LogicalPlan plan = project(
                new Apply(
                        filter(scan(S, "Span"), equal(get(S, "trace_id"), text("acme-t1"))), counted, ApplyKind.INNER),
                as(get(S, "span_id"), X),
                as(ref(Y), Y));
        assertThat(tables.rows(plan, SpanTables.acme(), X, Y))
                .containsExactly("acme-t1-s0 1", "acme-t1-s1 1", "acme-t1-s2 1", "acme-t1-s3 1", "acme-t1-s4 0");
    }

    @ParameterizedTest
    @EnumSource
    void existenceOfAMatchFiltersRows(Existence existence) {
        LogicalPlan children = in(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span"));
        LogicalPlan plan = new SemiApply(scan(S, "Span"), children, existence == Existence.NONE);
        assertThat(tables.rows(plan, SpanTables.acme(), S)).hasSize(existence == Existence.NONE ? 4 : 16);
    }

    enum Existence {
        SOME,
        NONE
    }

    @Test
    void walksStayInTheirTrace() {
        LogicalPlan plan = walk(
                filter(scan(S, "Span"), equal(get(S, "span_id"), text("acme-t1-s4"))), S, "CHILD_OF", scan(P, "Span"));
        try (ResultCursor cursor = tables.run(project(plan, as(get(P, "span_id"), X)), SpanTables.acme(), X)) {
            assertThat(SpanTables.drain(cursor))
                    .containsExactly("acme-t1-s0", "acme-t1-s1", "acme-t1-s2", "acme-t1-s3");
            assertThat(cursor.receipt().counts().rowsRead())
                    .as("each of the four scans reads the one file of the trace")
                    .isLessThanOrEqualTo(4 * 5);
        }
    }

    @Test
    void shortestPathsJoinBoundNodes() {
        LogicalPlan ends = new Join(
                filter(scan(S, "Span"), equal(get(S, "trace_id"), text("acme-t1"))),
                filter(scan(P, "Span"), equal(get(P, "span_id"), text("acme-t1-s1"))),
                List.of());
        Variable from = value("from", 31);
        Variable length = value("length", 32);
        LogicalPlan plan = project(
                shortest(ends, S, "CHILD_OF", P, true),
                as(get(S, "span_id"), from),
                as(new FunctionCall("size", List.of(ref(X))), length));
        try (ResultCursor cursor = tables.run(plan, SpanTables.acme(), from, length)) {
            assertThat(SpanTables.drain(cursor))
                    .as("nodes without a path give no row, and a path of no relationships is none")
                    .containsExactly("acme-t1-s2 1", "acme-t1-s3 2", "acme-t1-s4 3");
            assertThat(cursor.receipt().counts().filesSkipped())
                    .as("the scope of the ends narrows the edges and the nodes between them")
                    .isGreaterThanOrEqualTo(3 * 7);
        }
    }

    @Test
    void explainReadsNothingAndNeedsNoParameters() {
        LogicalPlan plan = filter(scan(S, "Span"), equal(get(S, "trace_id"), parameter("id")));
        try (ResultCursor cursor = tables.run(SpanTables.query(Mode.EXPLAIN, plan, S), SpanTables.everyTenant())) {
            assertThat(cursor.advance()).isFalse();
            PlanDescription root = cursor.plan().orElseThrow();
            assertThat(root.operator()).isEqualTo("ProduceResults");
            PlanDescription scan = root.children().getFirst();
            assertThat(scan.operator()).isEqualTo("NodeByLabelScan");
            assertThat(scan.arguments()).containsEntry("table", "db.spans").containsEntry("estimatedFiles", 8L);
            assertThat(cursor.receipt().counts().bytesRead()).isZero();
        }
    }

    @Test
    void explainTellsATenantNothingOfWhatFilesHoldForAll() {
        try (ResultCursor cursor = tables.run(SpanTables.query(Mode.EXPLAIN, scan(S, "Span"), S), SpanTables.acme())) {
            assertThat(cursor.plan().orElseThrow().children().getFirst().arguments())
                    .containsKey("table")
                    .doesNotContainKeys("EstimatedRows", "estimatedFiles", "estimatedBytes");
        }
    }

    @Test
    void explainVerboseShowsWhatEachRuleDid() {
        LogicalPlan plan = filter(scan(S, "Span"), equal(get(S, "trace_id"), text("acme-t1")));
        try (ResultCursor cursor =
                tables.run(SpanTables.query(Mode.EXPLAIN_VERBOSE, plan, S), SpanTables.everyTenant())) {
            assertThat((String) cursor.plan().orElseThrow().arguments().get("rules"))
                    .startsWith("Plan:\n")
                    .contains("ResolveLabels:\n", "PushFilterIntoScan:\n");
            assertThat(cursor.plan().orElseThrow().children().getFirst().arguments())
                    .containsEntry("skipsBy", "trace_id = 'acme-t1'")
                    .containsEntry("estimatedFiles", 1L);
        }
    }

    @Test
    void profileCountsWhatEachOperatorDid() {
        LogicalPlan plan = filter(scan(S, "Span"), equal(get(S, "status"), text("error")));
        try (ResultCursor cursor = tables.run(SpanTables.query(Mode.PROFILE, plan, S), SpanTables.everyTenant())) {
            assertThat(SpanTables.drain(cursor)).hasSize(8);
            PlanDescription scan = cursor.plan().orElseThrow().children().getFirst();
            assertThat(scan.profile().orElseThrow().rows()).isEqualTo(8);
            assertThat(scan.profile().orElseThrow().filesRead()).isEqualTo(8);
        }
    }

    @Test
    void theRowLimitNamesItself() {
        QueryContext context = SpanTables.context(
                Optional.empty(), new QueryLimits(Duration.ofMinutes(5), 3, 1 << 20, 1 << 20), Map.of());
        assertThatThrownBy(() -> tables.rows(scan(S, "Span"), context, S))
                .isInstanceOf(QueryException.class)
                .hasMessage("The answer has more than 3 rows.")
                .satisfies(error -> assertThat(((QueryException) error).hint().orElseThrow())
                        .contains("limits.rows"));
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void theScanLimitRefusesBeforeAnythingIsRead() {
        QueryContext context = SpanTables.context(
                Optional.empty(), new QueryLimits(Duration.ofMinutes(5), 10, 1 << 20, 100), Map.of());
        assertThatThrownBy(() -> tables.rows(scan(S, "Span"), context, S))
                .isInstanceOf(QueryException.class)
                .hasMessageMatching(
                        "The query would read \\d+ bytes of 8 files, more than the limit of 100 bytes \\(limits.scan.bytes\\).")
                .satisfies(error -> assertThat(((QueryException) error).hint().orElseThrow())
                        .contains("limits.scan.bytes"));
    }

    /** Plans whose operators keep rows, each by its own operator. */
    enum Blocking {
        SORT(new Sort(scan(S, "Span"), List.of(new SortKey(get(S, "status"), false)))),
        TOP(new TopN(scan(S, "Span"), List.of(new SortKey(get(S, "status"), false)), Optional.empty(), number(30))),
        AGGREGATE(project(new Aggregate(scan(S, "Span"), List.of(as(ref(S), S)), List.of()), as(ref(S), S))),
        DISTINCT(new Distinct(scan(S, "Span"))),
        HASH_JOIN(out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span"))),
        CARTESIAN_PRODUCT(new Join(scan(T, "Trace"), scan(S, "Span"), List.of())),
        APPLY(new Apply(
                scan(S, "Span"), in(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span")), ApplyKind.OPTIONAL)),
        SEMI_APPLY(new SemiApply(
                scan(S, "Span"), in(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span")), false)),
        WALK(walk(scan(S, "Span"), S, "CHILD_OF", scan(P, "Span")));

        private final LogicalPlan plan;

        Blocking(LogicalPlan plan) {
            this.plan = plan;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theMemoryLimitEndsAQueryAndNamesItself(Blocking blocking) {
        QueryContext context = SpanTables.context(
                Optional.empty(), new QueryLimits(Duration.ofMinutes(5), 9_999, 100, 1 << 30), Map.of());
        assertThatThrownBy(() -> tables.rows(blocking.plan, context, S))
                .isInstanceOf(QueryException.class)
                .hasMessageMatching("The query needs more than 100 bytes of memory \\(\\w+\\)\\.")
                .satisfies(error -> assertThat(((QueryException) error).hint().orElseThrow())
                        .contains("limits.memory"));
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledQueryStopsAndGivesItsMemoryBack(Blocking blocking) {
        QueryContext context = SpanTables.everyTenant();
        try (ResultCursor cursor = tables.run(blocking.plan, context, S)) {
            assertThat(cursor.advance()).isTrue();
            context.cancellation().cancel(Reason.KILLED);
            assertThatThrownBy(() -> SpanTables.drain(cursor))
                    .isInstanceOf(QueryException.class)
                    .hasMessage("The query was cancelled.");
        }
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aPassedDeadlineEndsAQuery(Blocking blocking) {
        QueryContext context =
                SpanTables.context(Optional.empty(), SpanTables.LIMITS.withTimeout(Duration.ofNanos(1)), Map.of());
        assertThatThrownBy(() -> tables.rows(blocking.plan, context, S))
                .isInstanceOf(QueryException.class)
                .hasMessage("The query ran longer than its time limit of 0 ms.");
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void allRowsAreReadAndAllMemoryIsGivenBack(Blocking blocking) {
        QueryContext context = SpanTables.everyTenant();
        assertThat(tables.rows(blocking.plan, context, S)).isNotEmpty();
        assertThat(context.memory().peakBytes()).isPositive();
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void elementIdsAreFoundInEitherForm() {
        LogicalPlan plan = filter(
                scan(N),
                equal(
                        new FunctionCall("elementId", List.of(ref(N))),
                        new FunctionCall("plainElementId", List.of(parameter("id")))));
        for (String id : List.of("Trace[acme-t1]", "4:Trace[acme-t1]:17")) {
            QueryContext context = SpanTables.context(Optional.empty(), SpanTables.LIMITS, Map.of("id", Value.of(id)));
            try (ResultCursor cursor = tables.run(project(plan, as(get(N, "trace_id"), X)), context, X)) {
                assertThat(SpanTables.drain(cursor)).containsExactly("acme-t1");
                assertThat(cursor.receipt().counts().filesRead()).isEqualTo(1);
            }
        }
    }

    @Test
    void limitsThatAreNoCountsAreRefused() {
        LogicalPlan negative = new Limit(scan(S, "Span"), number(-1));
        assertThatThrownBy(() -> tables.rows(negative, SpanTables.acme(), S))
                .hasMessage("LIMIT expected an Integer of 0 or more but got Integer: -1.");
        LogicalPlan textual = new Limit(scan(S, "Span"), text("x"));
        assertThatThrownBy(() -> tables.rows(textual, SpanTables.acme(), S))
                .hasMessage("LIMIT expected an Integer of 0 or more but got String: 'x'.");
    }

    @Test
    void closingEarlyEndsTheQuery() {
        QueryContext context = SpanTables.everyTenant();
        ResultCursor cursor =
                tables.run(new Sort(scan(S, "Span"), List.of(new SortKey(get(S, "span_id"), true))), context, S);
        assertThat(cursor.advance()).isTrue();
        cursor.close();
        cursor.close();
        assertThat(cursor.advance()).isFalse();
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void missingParametersAreNamed() {
        LogicalPlan plan = filter(scan(N), equal(get(N, "trace_id"), parameter("id")));
        assertThatThrownBy(() -> tables.rows(plan, SpanTables.everyTenant(), N))
                .isInstanceOf(QueryException.class)
                .satisfies(error ->
                        assertThat(((QueryException) error).code()).isEqualTo(QueryErrorCode.PARAMETER_MISSING));
    }
}
