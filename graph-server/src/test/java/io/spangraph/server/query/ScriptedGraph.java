package io.spangraph.server.query;

import io.spangraph.cypher.CypherTranslator.Translation;
import io.spangraph.cypher.parse.LiteralUse;
import io.spangraph.cypher.parse.ParseLimits;
import io.spangraph.cypher.parse.QueryShape;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.run.QueryRunner;
import io.spangraph.engine.run.Receipt;
import io.spangraph.engine.run.ResultCursor;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanMonitor.ReaderCounts;
import io.spangraph.engine.spi.ScanMonitor.ScanCounts;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchemaLoader;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A graph whose answers a test writes down, query text by query text, so that the doors can be tested to the byte: with
 * errors after so many rows, and with queries that run until they are cancelled.
 */
public final class ScriptedGraph {
    private static final String MAPPING = """
            version: 1
            name: traces
            catalogs:
              lake: { type: jdbc, uri: "jdbc:sqlite:none", warehouse: none }
            multi_tenant: { mode: single }
            vertices:
              Trace: { source: { table: lake.silver.traces }, id: [trace_id], properties: { trace_id: trace_id } }
              Span: { source: { table: lake.silver.spans }, id: [span_id, attempt], properties: { span_id: span_id } }
            edges:
              HAS_SPAN:
                source: { table: lake.silver.spans }
                id: [edge_id]
                from: Trace
                to: Span
                from_key: [trace_id]
                to_key: [span_id, attempt]
            """;

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final CountDownLatch endlessStarted = new CountDownLatch(1);
    private final CountDownLatch endlessEnded = new CountDownLatch(1);
    private final AtomicInteger translations = new AtomicInteger();
    private final AtomicInteger pins = new AtomicInteger();
    private volatile boolean broken;

    /** What a query answers. */
    private record Script(
            QueryPlan.Mode mode,
            List<String> columns,
            Function<QueryContext, Iterator<List<Value>>> rows,
            List<Notification> notifications,
            Optional<PlanDescription> plan) {}

    public ScriptedGraph answer(String query, List<String> columns, List<List<Value>> rows) {
        return answer(query, columns, context -> rows.iterator());
    }

    public ScriptedGraph answer(
            String query, List<String> columns, Function<QueryContext, Iterator<List<Value>>> rows) {
        scripts.put(query, new Script(QueryPlan.Mode.RUN, columns, rows, List.of(), Optional.empty()));
        return this;
    }

    /** From now on, to choose snapshots is a defect of Spangraph's own. */
    public void breakSnapshots(boolean now) {
        broken = now;
    }

    public ScriptedGraph answerWithNotification(String query, List<String> columns, Notification notification) {
        scripts.put(
                query,
                new Script(
                        QueryPlan.Mode.RUN,
                        columns,
                        context -> List.<List<Value>>of().iterator(),
                        List.of(notification),
                        Optional.empty()));
        return this;
    }

    public ScriptedGraph explain(String query, QueryPlan.Mode mode, PlanDescription plan) {
        scripts.put(
                query,
                new Script(
                        mode, List.of(), context -> List.<List<Value>>of().iterator(), List.of(), Optional.of(plan)));
        return this;
    }

    /** A query that computes without giving a row until it is cancelled. */
    public ScriptedGraph endless(String query) {
        return answer(query, List.of("n"), context -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                endlessStarted.countDown();
                try {
                    while (true) {
                        context.cancellation().poll();
                        Thread.onSpinWait();
                    }
                } finally {
                    endlessEnded.countDown();
                }
            }

            @Override
            public List<Value> next() {
                throw new IllegalStateException("it has no rows");
            }
        });
    }

    public CountDownLatch endlessStarted() {
        return endlessStarted;
    }

    public CountDownLatch endlessEnded() {
        return endlessEnded;
    }

    /** How often a text was translated, to see what the plan cache saves. */
    public int translations() {
        return translations.get();
    }

    /** How often snapshots were chosen. */
    public int pins() {
        return pins.get();
    }

    public ServedGraph serve() {
        GraphSchema schema =
                GraphSchemaLoader.read("scripted.yaml", MAPPING, Map.of()).orThrow();
        return new ServedGraph(schema, new EmptySource(), new Translator(), new Runner());
    }

    /** Every text has a plan of its own. */
    private final class Translator implements QueryTranslator {
        @Override
        public QueryShape shape(String text) {
            return QueryShape.of(text, ParseLimits.DEFAULT);
        }

        @Override
        public Translation translate(QueryShape shape, UnknownNames mode) {
            return new Translation(
                    ScriptedGraph.this.translate(shape.text(), mode), new LiteralUse(Set.of(), Set.of(), true));
        }
    }

    private QueryPlan translate(String text, UnknownNames mode) {
        translations.incrementAndGet();
        Script script = Optional.ofNullable(scripts.get(text))
                .orElseThrow(() -> QueryException.at(
                        QueryErrorCode.SYNTAX_ERROR,
                        "Invalid input '" + text + "' (" + mode + ")",
                        new SourcePosition(2, 5, 10)));
        return new QueryPlan(script.mode(), carry(text), List.of(), script.notifications());
    }

    /** A plan that does nothing but carry the text of its query to the runner. */
    private static LogicalPlan carry(String text) {
        return new LogicalPlan.Limit(new LogicalPlan.SingleRow(), new Expression.Literal(Value.of(text)));
    }

    private static String carriedText(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Limit(LogicalPlan input, Expression.Literal(Value.StringValue(String text)))) {
            return text;
        }
        throw new IllegalStateException("not a scripted plan: " + plan);
    }

    private final class Runner implements QueryRunner {
        private record Prepared(QueryPlan query, PinScope scope) implements PreparedQuery {
            @Override
            public Set<TableName> tables() {
                return Set.of();
            }
        }

        @Override
        public PreparedQuery prepare(QueryPlan query, PinScope scope) {
            return new Prepared(query, scope);
        }

        @Override
        public ResultCursor run(PreparedQuery prepared, QueryContext context, SnapshotSet snapshots) {
            Script script = Optional.ofNullable(
                            scripts.get(carriedText(prepared.query().plan())))
                    .orElseThrow();
            return new Cursor(script, script.rows().apply(context), snapshots);
        }
    }

    private static final class Cursor implements ResultCursor {
        private final Script script;
        private final Iterator<List<Value>> rows;
        private final SnapshotSet snapshots;
        private List<Value> row = List.of();
        private long count;

        Cursor(Script script, Iterator<List<Value>> rows, SnapshotSet snapshots) {
            this.script = script;
            this.rows = rows;
            this.snapshots = snapshots;
        }

        @Override
        public List<String> columns() {
            return script.columns();
        }

        @Override
        public boolean advance() {
            if (!rows.hasNext()) {
                return false;
            }
            row = rows.next();
            count++;
            return true;
        }

        @Override
        public List<Value> row() {
            return row;
        }

        @Override
        public List<Notification> notifications() {
            return script.notifications();
        }

        @Override
        public Optional<PlanDescription> plan() {
            return script.plan();
        }

        @Override
        public Receipt receipt() {
            Map<String, Long> ids =
                    Map.of("lake.silver.spans", snapshots.snapshots().isEmpty() ? 7L : 8L);
            return new Receipt(ids, new ScanCounts(1, 2, 3, 4, 5, 6, 7, ReaderCounts.ZERO), count, 12, false);
        }

        @Override
        public void close() {}
    }

    private final class EmptySource implements ScanSource {
        @Override
        public SnapshotSet pin(Set<TableName> tables, SnapshotSelector selector) {
            pins.incrementAndGet();
            if (broken) {
                throw new AssertionError("planted by a test");
            }
            if (selector instanceof SnapshotSelector.Ref(String name)) {
                throw QueryException.of(QueryErrorCode.ARGUMENT_ERROR, "There is no tag or branch '" + name + "'.");
            }
            return new SnapshotSet(Map.of());
        }

        @Override
        public ScanPlan plan(ScanRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ScanParts parts(ScanPlan plan, RuntimeKeys keys, ScanMonitor monitor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BatchCursor fetch(
                TableSnapshot snapshot, Pin pin, long[] rows, List<String> columns, ScanMonitor monitor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<TableSchema> table(TableName name) {
            return Optional.empty();
        }

        @Override
        public List<String> neighbours(TableName name) {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
