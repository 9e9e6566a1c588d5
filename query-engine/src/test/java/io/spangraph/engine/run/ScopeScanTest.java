package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.N;
import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.R2;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.edges;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.in;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation.Reason;
import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.context.SpillSpace;
import io.spangraph.engine.context.Workers;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.explain.PlanDescriptionPrinter;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.rule.DefaultRules;
import io.spangraph.engine.optimize.rule.RuleFixture;
import io.spangraph.engine.physical.PhysicalRule;
import io.spangraph.engine.physical.PhysicalRules;
import io.spangraph.engine.physical.ReadScopeOnce;
import io.spangraph.engine.physical.WalkInScopes;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.testkit.InMemoryScanSource;
import io.spangraph.model.schema.RowSource;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Edges inside scopes are the same whether they are followed by row numbers or joined by keys, wherever the rows lie. */
class ScopeScanTest {
    private static final TableName SPANS = new TableName("lake", List.of("db"), "spans");
    private static final Variable WALK = RuleFixture.value("w", 31);
    private static final Variable STEP = RuleFixture.node("m", 32);
    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofMinutes(5), 10_000_000, 1L << 30, 1L << 40);
    private static final Execution SIDE_BY_SIDE = new Execution(Workers.of(2, 1), SpillSpace.NONE);

    /** Batches have three rows, so traces straddle batches in any case. */
    private static final int ROWS_PER_FILE = 11;

    /** How the rows of traces lie in the table. */
    private enum Order {
        TRACE_BY_TRACE,
        /** Some rows of each trace follow in a second copy of the order, as those of another day. */
        IN_TWO_PLACES,
        SHUFFLED
    }

    /** Children and parents by name; children of the last file's traces among them. */
    private static LogicalPlan pairs() {
        return project(
                out(scan(S, "Span"), S, R1, "CHILD_OF", scan(P, "Span")),
                as(get(S, "status"), X),
                as(get(P, "span_id"), Y));
    }

    private static LogicalPlan chains() {
        LogicalPlan first = out(scan(S, "Span"), S, R1, "CHILD_OF", scan(P, "Span"));
        return project(
                out(first, P, R2, "CHILD_OF", scan(N, "Span")), as(get(S, "span_id"), X), as(get(N, "status"), Y));
    }

    private static LogicalPlan exists(boolean negated) {
        LogicalPlan children = filter(
                in(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span")),
                equal(get(P, "status"), text("error")));
        return project(
                new SemiApply(scan(S, "Span"), children, negated), as(get(S, "status"), X), as(get(S, "span_id"), Y));
    }

    private static LogicalPlan optionalParent() {
        return new Apply(
                scan(S, "Span"), out(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span")), ApplyKind.OPTIONAL);
    }

    private static LogicalPlan optionalChildren() {
        LogicalPlan children = filter(
                in(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span")),
                equal(get(P, "status"), text("error")));
        return project(
                new Apply(scan(S, "Span"), children, ApplyKind.OPTIONAL),
                as(get(S, "span_id"), X),
                as(get(P, "span_id"), Y));
    }

    /** The second hop leaves from a span that may be missing. */
    private static LogicalPlan optionalChain() {
        LogicalPlan second = out(new Argument(List.of(P)), P, R2, "CHILD_OF", scan(N, "Span"));
        return project(
                new Apply(optionalParent(), second, ApplyKind.OPTIONAL),
                as(get(P, "weight"), X),
                as(get(N, "status"), Y));
    }

    private static LogicalPlan neededAfterOptional() {
        return project(
                out(optionalParent(), P, R2, "CHILD_OF", scan(N, "Span")),
                as(get(S, "span_id"), X),
                as(get(N, "span_id"), Y));
    }

    /** Spans that name a parent, and there is none. */
    private static LogicalPlan orphans() {
        LogicalPlan named = filter(scan(S, "Span"), new Expression.IsNull(get(S, "parent_id"), true));
        return project(
                new SemiApply(named, out(new Argument(List.of(S)), S, R1, "CHILD_OF", scan(P, "Span")), true),
                as(get(S, "status"), X),
                as(get(S, "span_id"), Y));
    }

    private static VarExpand walk(
            LogicalPlan input, Variable from, Direction direction, int min, OptionalInt max, NodeScan target) {
        return new VarExpand(
                input,
                from,
                R1,
                WALK,
                Optional.empty(),
                STEP,
                target.node(),
                min,
                max,
                edges(R1, direction, "CHILD_OF"),
                scan(STEP),
                target);
    }

    private static LogicalPlan walks(Direction direction, int min, OptionalInt max) {
        return project(
                walk(scan(S, "Span"), S, direction, min, max, scan(P, "Span")),
                as(get(S, "status"), X),
                as(get(P, "span_id"), Y));
    }

    /** Of the failed rows below a parent of each row. */
    private static LogicalPlan walksBesideHops() {
        LogicalPlan hop = out(scan(S, "Span"), S, R2, "CHILD_OF", scan(P, "Span"));
        return project(
                filter(
                        walk(hop, P, Direction.INCOMING, 1, OptionalInt.of(3), scan(N, "Span")),
                        equal(get(N, "status"), text("error"))),
                as(get(S, "span_id"), X),
                as(get(N, "span_id"), Y));
    }

    private static LogicalPlan existsAbove(boolean negated) {
        LogicalPlan above = filter(
                walk(new Argument(List.of(S)), S, Direction.OUTGOING, 1, OptionalInt.empty(), scan(P, "Span")),
                equal(get(P, "status"), text("error")));
        return project(
                new SemiApply(scan(S, "Span"), above, negated), as(get(S, "status"), X), as(get(S, "span_id"), Y));
    }

    private static List<LogicalPlan> plans() {
        return List.of(
                optionalChildren(),
                optionalChain(),
                neededAfterOptional(),
                orphans(),
                pairs(),
                chains(),
                exists(false),
                exists(true),
                walks(Direction.OUTGOING, 1, OptionalInt.empty()),
                walks(Direction.OUTGOING, 0, OptionalInt.of(2)),
                walks(Direction.INCOMING, 0, OptionalInt.empty()),
                walks(Direction.INCOMING, 2, OptionalInt.of(3)),
                walksBesideHops(),
                existsAbove(false),
                existsAbove(true),
                filter(pairs(), equal(RuleFixture.ref(X), text("error"))));
    }

    private static List<Map<String, Value>> spans(int traces, Order order, Random random) {
        List<Map<String, Value>> rows = new ArrayList<>();
        List<Map<String, Value>> late = new ArrayList<>();
        for (int trace = 0; trace < traces; trace++) {
            // Both tenants have traces and spans of the same ids.
            for (String tenant : List.of("acme", "globex")) {
                int count = random.nextInt(10) == 0 ? 30 : random.nextInt(6);
                for (int span = 0; span < count; span++) {
                    Map<String, Value> row = span(tenant, trace, span, random);
                    (order == Order.IN_TWO_PLACES && random.nextInt(4) == 0 ? late : rows).add(row);
                    if (random.nextInt(12) == 0) {
                        rows.add(row);
                    }
                }
            }
        }
        rows.addAll(late);
        if (order == Order.SHUFFLED) {
            Collections.shuffle(rows, random);
        }
        return rows;
    }

    private static Map<String, Value> span(String tenant, int trace, int span, Random random) {
        Map<String, Value> row = new HashMap<>();
        row.put("tenant_id", Value.of(tenant));
        if (random.nextInt(25) > 0) {
            row.put("trace_id", Value.of("t" + trace));
        }
        row.put("span_id", Value.of("s" + span));
        if (span > 0) {
            // Orphans name a span that is not there, others one that may be themselves or come later: a circle.
            int parent = random.nextInt(15) == 0 ? span + random.nextInt(3) : random.nextInt(span + 1);
            row.put("parent_id", Value.of(random.nextInt(10) == 0 ? "gone" : "s" + parent));
        }
        row.put("status", Value.of(random.nextInt(5) == 0 ? "error" : "ok"));
        row.put("weight", Value.of((long) random.nextInt(3)));
        return row;
    }

    private static InMemoryScanSource source(List<Map<String, Value>> spans, int rowsPerFile) {
        return new InMemoryScanSource(tables(spans, rowsPerFile));
    }

    private static InMemoryScanSource keepingLinks(List<Map<String, Value>> spans, int rowsPerFile) {
        return InMemoryScanSource.keepingLinks(tables(spans, rowsPerFile));
    }

    private static List<ReferenceTable> tables(List<Map<String, Value>> spans, int rowsPerFile) {
        List<ReferenceTable> tables = new ArrayList<>();
        Set<TableName> names = new HashSet<>();
        for (RowSource table : RuleFixture.SCHEMA.sources()) {
            if (names.add(table.table())) {
                boolean isSpans = table.table().equals(SPANS);
                tables.add(new ReferenceTable(
                        new TableSchema(table.table(), isSpans ? spanColumns() : List.of()),
                        isSpans ? spans : List.of(),
                        rowsPerFile));
            }
        }
        return tables;
    }

    private static List<Column> spanColumns() {
        List<Column> columns = new ArrayList<>();
        for (String text :
                List.of("tenant_id", "trace_id", "span_id", "parent_id", "model_id", "name", "status", "input")) {
            columns.add(new Column(text, Primitive.STRING, false));
        }
        columns.add(new Column("weight", Primitive.LONG, false));
        return columns;
    }

    private static QueryContext context(Optional<String> tenant, Execution execution) {
        QueryContext plain = QueryContext.of(new Principal("tester", tenant, Set.of()), Map.of(), LIMITS);
        return new QueryContext(
                plain.principal(),
                plain.parameters(),
                plain.limits(),
                plain.memory(),
                plain.cancellation(),
                plain.startedAt(),
                execution);
    }

    private static ResultCursor run(
            InMemoryScanSource source, List<PhysicalRule> choices, Mode mode, LogicalPlan plan, QueryContext context) {
        DefaultQueryRunner runner =
                new DefaultQueryRunner(RuleFixture.SCHEMA, source, DefaultRules.optimizer(), choices);
        Set<TableName> names =
                RuleFixture.SCHEMA.sources().stream().map(RowSource::table).collect(Collectors.toSet());
        return runner.run(
                runner.prepare(SpanTables.query(mode, plan, X, Y), PinScope.of(context.principal())),
                context,
                source.pin(names, new SnapshotSelector.Current()));
    }

    private static List<String> rows(
            InMemoryScanSource source, List<PhysicalRule> choices, LogicalPlan plan, QueryContext context) {
        List<String> rows;
        try (ResultCursor cursor = run(source, choices, Mode.RUN, plan, context)) {
            rows = SpanTables.drain(cursor);
        }
        assertThat(context.memory().reservedBytes()).isZero();
        return rows;
    }

    private static String profile(InMemoryScanSource source, LogicalPlan plan) {
        try (ResultCursor cursor =
                run(source, PhysicalRules.ALL, Mode.PROFILE, plan, context(Optional.empty(), Execution.SEQUENTIAL))) {
            SpanTables.drain(cursor);
            PlanDescription description = cursor.plan().orElseThrow();
            return PlanDescriptionPrinter.print(description);
        }
    }

    private static List<PhysicalRule> joins() {
        return PhysicalRules.ALL.stream()
                .filter(rule -> !(rule instanceof ReadScopeOnce) && !(rule instanceof WalkInScopes))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void edgesAreThoseOfAJoinByKeys(Order order) {
        for (int seed = 0; seed < 8; seed++) {
            try (InMemoryScanSource source = source(spans(25, order, new Random(seed)), ROWS_PER_FILE)) {
                for (LogicalPlan plan : plans()) {
                    for (Optional<String> tenant : List.of(Optional.<String>empty(), Optional.of("acme"))) {
                        List<String> expected = rows(source, joins(), plan, context(tenant, Execution.SEQUENTIAL));

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

    @ParameterizedTest
    @EnumSource(Order.class)
    void edgesAreTheSameWhereLinksAreKept(Order order) {
        for (int seed = 0; seed < 8; seed++) {
            List<Map<String, Value>> spans = spans(25, order, new Random(seed));
            try (InMemoryScanSource source = keepingLinks(spans, 11 + 20 * (seed % 3))) {
                for (LogicalPlan plan : plans()) {
                    for (Optional<String> tenant : List.of(Optional.<String>empty(), Optional.of("acme"))) {
                        List<String> expected = rows(source, joins(), plan, context(tenant, Execution.SEQUENTIAL));

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
    void keysAreNotReadWhereLinksAreKept() {
        List<Map<String, Value>> spans = spans(25, Order.TRACE_BY_TRACE, new Random(1)).stream()
                .filter(span -> span.containsKey("trace_id"))
                .toList();
        try (InMemoryScanSource plain = source(spans, spans.size());
                InMemoryScanSource linked = keepingLinks(spans, spans.size())) {
            // The scopes first, then these with keys, parents and status; with links only what the answer shows.
            assertThat(bytes(plain, orphans())).isEqualTo(8L * spans.size() * (2 + 5));
            assertThat(bytes(linked, orphans())).isEqualTo(8L * spans.size() * 2);
            assertThat(profile(linked, orphans())).contains("ScopeScan").doesNotContain("joinedByKeys");
        }
    }

    private static long bytes(InMemoryScanSource source, LogicalPlan plan) {
        QueryContext context = context(Optional.empty(), Execution.SEQUENTIAL);
        try (ResultCursor cursor = run(source, PhysicalRules.ALL, Mode.RUN, plan, context)) {
            SpanTables.drain(cursor);
            return cursor.receipt().counts().bytesRead();
        }
    }

    @Test
    void everyPatternIsOneScanOfItsTable() {
        try (InMemoryScanSource source = source(spans(25, Order.TRACE_BY_TRACE, new Random(1)), ROWS_PER_FILE)) {
            for (LogicalPlan plan : plans()) {
                assertThat(profile(source, plan))
                        .contains("ScopeScan: ")
                        .doesNotContain("HashJoin", "VarLengthExpand", "NodeByLabelScan");
            }
            assertThat(profile(source, chains())).contains("-->(p:Span)", "-->(n:Span)", " IN ", "trace_id");
            assertThat(profile(source, exists(true))).contains("NOT EXISTS { s<--(p:Span WHERE p.status = 'error') }");
            assertThat(profile(source, optionalChildren()))
                    .contains("(s:Span) OPTIONAL { s<--(p:Span WHERE p.status = 'error') }");
        }
    }

    @Test
    void aWalkIsShownInOneLine() {
        try (InMemoryScanSource source = source(spans(25, Order.TRACE_BY_TRACE, new Random(1)), ROWS_PER_FILE)) {
            assertThat(profile(source, walks(Direction.INCOMING, 0, OptionalInt.empty())))
                    .contains("ScopeScan: (s:Span), s<-[r1:CHILD_OF(Span,Span)*0..]-(p:Span) IN ");
            assertThat(profile(source, walks(Direction.OUTGOING, 0, OptionalInt.of(2))))
                    .contains("ScopeScan: (s:Span), s-[r1:CHILD_OF(Span,Span)*0..2]->(p:Span) IN ");
            assertThat(profile(source, existsAbove(true)))
                    .contains("NOT EXISTS { s-[r1:CHILD_OF(Span,Span)*1..]->(p:Span WHERE p.status = 'error') }");
        }
    }

    @Test
    void aKeyThatIsNamedKeepsTheJoin() {
        try (InMemoryScanSource source = source(spans(25, Order.TRACE_BY_TRACE, new Random(1)), ROWS_PER_FILE)) {
            LogicalPlan ofTrace = project(
                    out(
                            filter(scan(S, "Span"), equal(get(S, "trace_id"), text("t3"))),
                            S,
                            R1,
                            "CHILD_OF",
                            scan(P, "Span")),
                    as(get(S, "status"), X),
                    as(get(P, "span_id"), Y));

            assertThat(profile(source, ofTrace)).contains("HashJoin").doesNotContain("ScopeScan");
        }
    }

    @Test
    void aLargeTableInAnotherOrderIsJoined() {
        List<Map<String, Value>> spans = spans(2_500, Order.SHUFFLED, new Random(5));
        assertThat(spans).hasSizeGreaterThan(1 << 14);
        try (InMemoryScanSource source = source(spans, 6_000);
                InMemoryScanSource linked = keepingLinks(spans, 6_000)) {
            assertThat(profile(linked, pairs())).contains("joinedByKeys");
            assertThat(profile(source, pairs()))
                    .contains("ScopeScan: ", "joinedByKeys: as the table is not in the order of its scopes");
            List<String> expected = rows(source, joins(), pairs(), context(Optional.empty(), Execution.SEQUENTIAL));

            assertThat(rows(source, PhysicalRules.ALL, pairs(), context(Optional.empty(), SIDE_BY_SIDE)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void aQueryThatIsOverEndsTheScan() {
        try (InMemoryScanSource source = source(spans(25, Order.IN_TWO_PLACES, new Random(2)), ROWS_PER_FILE)) {
            QueryContext context = context(Optional.empty(), Execution.SEQUENTIAL);
            try (ResultCursor cursor = run(source, PhysicalRules.ALL, Mode.RUN, chains(), context)) {
                assertThat(cursor.advance()).isTrue();
                context.cancellation().cancel(Reason.KILLED);

                assertThatThrownBy(() -> SpanTables.drain(cursor)).isInstanceOf(QueryException.class);
            }
            assertThat(context.memory().reservedBytes()).isZero();
        }
    }
}
