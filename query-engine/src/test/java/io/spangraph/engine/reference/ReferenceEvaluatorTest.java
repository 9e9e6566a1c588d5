package io.spangraph.engine.reference;

import static io.spangraph.engine.optimize.rule.RuleFixture.N;
import static io.spangraph.engine.optimize.rule.RuleFixture.P;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
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
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static io.spangraph.engine.optimize.rule.RuleFixture.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.rule.RuleFixture;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The evaluator against answers that were worked out by hand. */
class ReferenceEvaluatorTest {
    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofMinutes(1), 1_000, 1 << 20, 1 << 20);

    private final Map<TableName, ReferenceTable> tables = new HashMap<>();

    ReferenceEvaluatorTest() {
        add("agents");
        add("similar");
        add("models");
        add(
                "traces",
                "tenant_id=a trace_id=x name=first",
                "tenant_id=b trace_id=x name=other",
                "tenant_id=a name=keyless");
        add(
                "spans",
                "tenant_id=a span_id=1 trace_id=x",
                "tenant_id=a span_id=2 trace_id=x parent_id=1",
                "tenant_id=a span_id=3 trace_id=x parent_id=2",
                "tenant_id=a span_id=3 trace_id=x parent_id=2",
                "tenant_id=a span_id=4 trace_id=gone parent_id=1",
                "tenant_id=a span_id=5 trace_id=x parent_id=5",
                "tenant_id=a span_id=6 parent_id=1");
    }

    private void add(String table, String... rows) {
        TableName name = new TableName("lake", List.of("db"), table);
        List<Map<String, Value>> parsed = new ArrayList<>();
        for (String row : rows) {
            Map<String, Value> values = new HashMap<>();
            for (String cell : row.split(" ")) {
                values.put(cell.substring(0, cell.indexOf('=')), Value.of(cell.substring(cell.indexOf('=') + 1)));
            }
            parsed.add(values);
        }
        tables.put(name, new ReferenceTable(new TableSchema(name, List.of()), parsed, 2));
    }

    private List<String> answer(LogicalPlan plan, Optional<String> tenant) {
        QueryContext context = QueryContext.of(new Principal("p", tenant, Set.of()), Map.of(), LIMITS);
        List<Variable> columns = plan.variables();
        return new ReferenceEvaluator(RuleFixture.SCHEMA, tables, context)
                .evaluate(plan, columns).stream()
                        .map(row -> row.stream().map(ValueText::literal).collect(Collectors.joining(" ")))
                        .sorted()
                        .toList();
    }

    private List<String> answer(LogicalPlan plan) {
        return answer(plan, Optional.empty());
    }

    private static LogicalPlan ids(LogicalPlan plan, Variable one, String property, Variable other) {
        return project(plan, as(get(one, property), X), as(get(other, "span_id"), Y));
    }

    @Test
    void rowsWithoutAKeyAreNoVertices() {
        assertThat(answer(project(scan(T, "Trace"), as(get(T, "name"), X)))).containsExactly("'first'", "'other'");
    }

    @Test
    void anEndNamedByKeyHasTheOwnerOfItsEdge() {
        assertThat(answer(ids(out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span")), T, "name", S)))
                .containsExactly("'first' '1'", "'first' '2'", "'first' '3'", "'first' '3'", "'first' '5'", "null '4'");
    }

    @Test
    void aTrustedFarEndExistsWithItsKeyAlone() {
        LogicalPlan hop =
                filter(in(scan(S, "Span"), S, R1, "HAS_SPAN", scan(T, "Trace")), equal(get(S, "span_id"), text("4")));
        assertThat(answer(project(hop, as(get(T, "trace_id"), X), as(get(T, "name"), Y))))
                .containsExactly("'gone' null");
        assertThat(answer(filter(hop, equal(get(T, "name"), text("first"))))).isEmpty();
    }

    @Test
    void anEdgeStaysInItsScope() {
        assertThat(answer(ids(out(scan(S, "Span"), S, R1, "CHILD_OF", scan(P, "Span")), S, "span_id", P)))
                .containsExactly("'2' '1'", "'3' '2'", "'3' '2'", "'5' '5'");
    }

    @Test
    void anUndirectedLoopIsFoundOnce() {
        Expand both = new Expand(scan(S, "Span"), S, R1, P, edges(R1, Direction.BOTH, "CHILD_OF"), scan(P, "Span"));
        assertThat(answer(filter(ids(both, S, "span_id", P), equal(ref(X), text("5")))))
                .containsExactly("'5' '5'");
        assertThat(answer(filter(ids(both, S, "span_id", P), equal(ref(X), text("1")))))
                .containsExactly("'1' '2'");
    }

    @Test
    void aWalkTakesEveryEdgeOnce() {
        LogicalPlan walk = walk(scan(S, "Span"), S, "CHILD_OF", scan(P, "Span"));
        assertThat(answer(project(
                        walk,
                        as(get(S, "span_id"), RuleFixture.value("id", 90)),
                        as(new FunctionCall("size", List.of(ref(X))), Y))))
                .containsExactly("'2' 1", "'3' 1", "'3' 1", "'3' 2", "'3' 2", "'5' 1");
    }

    @Test
    void repeatedRowsAreOneVertex() {
        AggregateCall distinct = new AggregateCall(AggregateFunction.COUNT, List.of(ref(S)), true);
        AggregateCall rows = new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false);
        Aggregate counts = new Aggregate(
                scan(S, "Span"), List.of(), List.of(new AggregateItem(distinct, X), new AggregateItem(rows, Y)));
        assertThat(answer(counts)).containsExactly("6 7");
    }

    @Test
    void anOptionalPartThatDoesNotMatchIsNull() {
        LogicalPlan inner = out(new Argument(List.of(T)), T, R1, "HAS_SPAN", scan(S, "Span"));
        LogicalPlan optional = new Apply(scan(T, "Trace"), inner, ApplyKind.OPTIONAL);
        assertThat(answer(filter(ids(optional, T, "name", S), equal(ref(X), text("other")))))
                .containsExactly("'other' null");
    }

    @Test
    void aPrincipalOfOneTenantSeesItsRows() {
        assertThat(answer(project(scan(T, "Trace"), as(get(T, "name"), X)), Optional.of("b")))
                .containsExactly("'other'");
        assertThat(answer(project(scan(N), as(get(N, "span_id"), X)), Optional.of("b")))
                .hasSize(1);
    }

    @Test
    void aPropertyThatThePlanDoesNotReadIsAnErrorAndNotNull() {
        LogicalPlan.VertexScan unread = new LogicalPlan.VertexScan(
                T,
                List.of(new VertexCandidate(
                        RuleFixture.SCHEMA.vertexType("Trace").orElseThrow(), Optional.empty())),
                Optional.of(Set.of("trace_id")),
                List.of(),
                List.of());
        assertThatThrownBy(() -> answer(project(unread, as(get(T, "name"), X))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("property name is asked for and was not read");
    }
}
