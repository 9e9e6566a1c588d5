package io.spangraph.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.optimize.rule.RuleFixture;
import io.spangraph.engine.plan.LogicalPlan.ProcedureCall;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.engine.plan.LogicalPlan.YieldItem;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.procedure.Procedures;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.model.schema.ElementIdCodec;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcedureRowsTest {
    private final SpanTables tables = new SpanTables();

    private static Variable variable(String column) {
        return new Variable(column, column.hashCode() & 0xFFFF, Kind.VALUE);
    }

    private static ProcedureCall call(String procedure, List<Expression> arguments, String... columns) {
        return new ProcedureCall(
                new SingleRow(),
                procedure,
                arguments,
                List.of(columns).stream()
                        .map(column -> new YieldItem(column, variable(column)))
                        .toList());
    }

    private List<String> rows(QueryContext context, String procedure, String... columns) {
        Variable[] variables =
                List.of(columns).stream().map(ProcedureRowsTest::variable).toArray(Variable[]::new);
        return tables.rows(call(procedure, List.of(), columns), context, variables);
    }

    private Value value(QueryContext context, String procedure, String column) {
        try (ResultCursor cursor = tables.run(call(procedure, List.of(), column), context, variable(column))) {
            assertThat(cursor.advance()).isTrue();
            return cursor.row().getFirst();
        }
    }

    private static Value at(Value map, String... keys) {
        Value value = map;
        for (String key : keys) {
            value = ((Value.MapValue) value).entries().getOrDefault(key, Value.NULL);
        }
        return value;
    }

    @Test
    void countsAreExactAndOfTheReaderAlone() {
        assertThat(rows(SpanTables.acme(), "apoc.meta.stats", "nodeCount", "relCount"))
                .isEqualTo(rows(SpanTables.acme(), "apoc.meta.stats", "nodeCount", "relCount"));
        Value acme = value(SpanTables.acme(), "apoc.meta.schema", "value");
        Value everyone = value(SpanTables.everyTenant(), "apoc.meta.schema", "value");
        assertThat(at(acme, "Span", "count")).isEqualTo(Value.of(20L));
        assertThat(at(everyone, "Span", "count")).isEqualTo(Value.of(40L));
        assertThat(at(acme, "HAS_SPAN", "count")).isEqualTo(Value.of(20L));
        assertThat(at(acme, "Trace", "relationships", "HAS_SPAN", "direction")).isEqualTo(Value.of("out"));
        assertThat(at(acme, "Trace", "relationships", "HAS_SPAN", "count")).isEqualTo(Value.of(20L));
        assertThat(at(acme, "Trace", "relationships", "OWNS", "direction")).isEqualTo(Value.of("in"));
        assertThat(at(acme, "Trace", "relationships", "OWNS", "labels"))
                .isEqualTo(Value.of(List.of(Value.of("Agent"))));
    }

    @Test
    void countingIsPartOfTheQuerysReceipt() {
        try (ResultCursor cursor =
                tables.run(call("apoc.meta.stats", List.of(), "nodeCount"), SpanTables.acme(), variable("nodeCount"))) {
            assertThat(cursor.advance()).isTrue();
            assertThat(cursor.receipt().counts().filesRead()).isPositive();
            assertThat(cursor.receipt().snapshots()).containsKey("db.spans");
        }
    }

    @Test
    void countingKeepsToTheScanLimitOfTheQuery() {
        QueryLimits limits = new QueryLimits(Duration.ofMinutes(5), 10_000, 10_000_000, 1);
        QueryContext context = SpanTables.context(Optional.of("acme"), limits, Map.of());
        assertThatThrownBy(() -> value(context, "apoc.meta.stats", "nodeCount"))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(QueryErrorCode.SCAN_LIMIT));
        assertThat(value(context, "db.labels", "label")).isEqualTo(Value.of("Agent"));
    }

    @Test
    void whatReadsRowsNeedsTheSnapshotsOfAllTables() {
        QueryPlan counting =
                SpanTables.query(Mode.RUN, call("apoc.meta.stats", List.of(), "nodeCount"), variable("nodeCount"));
        QueryPlan naming = SpanTables.query(Mode.RUN, call("db.labels", List.of(), "label"), variable("label"));
        assertThat(tables.runner.prepare(counting, PinScope.ONE_TENANT).tables())
                .hasSize(5);
        assertThat(tables.runner.prepare(naming, PinScope.ONE_TENANT).tables()).isEmpty();
    }

    @Test
    void relationshipsOfTheSchemaGraphEndAtItsNodes() {
        ElementIdCodec ids = new ElementIdCodec(RuleFixture.SCHEMA, Optional.empty());
        Value.ListValue nodes = (Value.ListValue) value(SpanTables.everyTenant(), "db.schema.visualization", "nodes");
        Value.ListValue edges =
                (Value.ListValue) value(SpanTables.everyTenant(), "db.schema.visualization", "relationships");
        List<String> known = nodes.elements().stream()
                .map(node -> ids.encode(((Value.NodeValue) node).id()))
                .toList();
        assertThat(known).doesNotHaveDuplicates().hasSameSizeAs(RuleFixture.SCHEMA.labels());
        assertThat(edges.elements()).isNotEmpty().allSatisfy(edge -> {
            Value.RelationshipValue relationship = (Value.RelationshipValue) edge;
            assertThat(known).contains(ids.encode(relationship.start()), ids.encode(relationship.end()));
            assertThat(ids.encode(relationship.id())).isNotBlank();
        });
    }

    @Test
    void propertiesHaveTheTypesOfTheirColumns() {
        assertThat(rows(SpanTables.acme(), "db.schema.nodeTypeProperties", "nodeType", "propertyName", "propertyTypes"))
                .contains(":`Span` span_id ['String']", ":`Trace` total ['Long']");
        assertThat(rows(SpanTables.acme(), "db.schema.relTypeProperties", "relType", "propertyName", "mandatory"))
                .contains(":`HAS_SPAN` weight false");
    }

    @Test
    void aSampleLooksAtSoManyElements() {
        Expression one = new Literal(new Value.MapValue(Map.of("sample", Value.of(3L))));
        assertThat(tables.rows(
                        call("apoc.meta.nodeTypeProperties", List.of(one), "nodeType", "totalObservations"),
                        SpanTables.acme(),
                        variable("nodeType"),
                        variable("totalObservations")))
                .contains(":`Span` 3", ":`Agent` 2");
        Expression none = new Literal(new Value.MapValue(Map.of("sample", Value.of(0L))));
        assertThatThrownBy(() -> tables.rows(
                        call("apoc.meta.nodeTypeProperties", List.of(none), "nodeType"),
                        SpanTables.acme(),
                        variable("nodeType")))
                .hasMessage("The setting 'sample' takes a number of 1 or more.");
    }

    @Test
    void anArgumentOfAWrongTypeIsNamed() {
        Expression number = new Literal(Value.of(3L));
        assertThatThrownBy(() -> tables.rows(
                        call("dbms.queryJmx", List.of(number), "name"), SpanTables.acme(), variable("name")))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(QueryErrorCode.TYPE_ERROR))
                .hasMessage("Argument 'query' of 'dbms.queryJmx' expected STRING but got Integer.");
    }

    @Test
    void namesAreUnique() {
        assertThat(Procedures.names()).doesNotHaveDuplicates().isSorted();
        assertThat(Procedures.find("DB.LABELS")).isEmpty();
    }
}
