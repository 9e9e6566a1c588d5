package io.spangraph.engine.exec.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.walk.SmallGraph.Edge;
import io.spangraph.engine.exec.walk.SmallGraph.EdgeEnd;
import io.spangraph.engine.exec.walk.SmallGraph.Vertex;
import io.spangraph.engine.exec.walk.WalkSpec.EdgeKind;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VarExpandOperatorTest {
    private static final Value ACME = Value.of("acme");
    private static final Value TRACE = Value.of("trace");

    private final QueryContext context = BatchInput.context();

    /** For ranges, directions and seeds the same walks as a plain recursive search finds. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, true, false", "1, 3, true, false", "0, 2, true, false", "2, , true, false", "0, 0, true, false",
        "1, , false, true", "2, 4, false, true", "1, 3, true, true", "0, 4, true, true", "2, 3, true, true"
    })
    void findsTheWalksOfARecursiveSearch(int min, Integer max, boolean forward, boolean backward) {
        int walks = 0;
        for (long seed = 1; seed <= 25; seed++) {
            RandomGraph graph = new RandomGraph(seed, forward, backward);
            OptionalInt bound = max == null ? OptionalInt.empty() : OptionalInt.of(max);
            List<String> expected =
                    graph.walks(min, bound).stream().map(RandomGraph.Walk::text).toList();

            List<String> actual = run(graph, min, bound, forward, backward);

            assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
            walks += expected.size();
        }
        assertThat(walks).isGreaterThan(50);
        assertThat(context.memory().reservedBytes()).isZero();
    }

    private List<String> run(RandomGraph graph, int min, OptionalInt max, boolean forward, boolean backward) {
        WalkInputs inputs = new WalkInputs(
                SmallGraph.vertices(SmallGraph.FROM, graph.starts),
                SmallGraph.edges(graph.edges),
                SmallGraph.vertices(SmallGraph.STEP, graph.steps()),
                SmallGraph.vertices(SmallGraph.TO, graph.targets()),
                Optional.of(SmallGraph.trusted(SmallGraph.STEP, graph.trusted(graph::isStep))),
                Optional.of(SmallGraph.trusted(SmallGraph.TO, graph.trusted(graph::isTarget))));
        List<EdgeKind> kinds = SmallGraph.kinds(forward, backward);
        return BatchInput.drain(new VarExpandOperator(inputs, SmallGraph.spec(min, max, kinds, true), context)).stream()
                .map(row -> row.get(0) + " " + row.get(3) + " -> " + row.get(5) + " " + row.get(7) + " " + row.get(8)
                        + " " + row.get(10) + row.get(11))
                .toList();
    }

    /** A chain of parents, from 0 up. */
    private static List<Vertex> chain(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> new Vertex("A", ACME, i, i, TRACE))
                .toList();
    }

    private static List<Edge> parents(int length) {
        return LongStream.range(0, length - 1L)
                .mapToObj(i -> new Edge(
                        "UP", false, ACME, i, i, TRACE, new EdgeEnd("A", i, true), new EdgeEnd("A", i + 1, false)))
                .toList();
    }

    @Test
    void walksAChainOfAnyLengthInBatches() {
        int length = 10_000;
        List<Vertex> all = chain(length);
        WalkInputs inputs =
                SmallGraph.inputs(SmallGraph.vertices(SmallGraph.FROM, all.subList(0, 1)), parents(length), all, all);
        WalkSpec spec = SmallGraph.spec(1, OptionalInt.empty(), SmallGraph.kinds(true, false), false);
        try (Operator walk = new VarExpandOperator(inputs, spec, context)) {
            List<Integer> sizes = new ArrayList<>();
            while (walk.advance()) {
                sizes.add(walk.batch().rowCount());
            }
            assertThat(sizes).containsExactly(4096, 4096, 1807);
            assertThat(walk.batch().value(1806, 8)).isEqualTo(Value.of(9999));
        }
    }

    @Test
    void keepsBatchesOfLongListsSmall() {
        int length = 2_000;
        List<Vertex> all = chain(length);
        WalkInputs inputs =
                SmallGraph.inputs(SmallGraph.vertices(SmallGraph.FROM, all.subList(0, 1)), parents(length), all, all);
        WalkSpec spec = SmallGraph.spec(1, OptionalInt.empty(), SmallGraph.kinds(true, false), true);
        int rows = 0;
        int batches = 0;
        try (Operator walk = new VarExpandOperator(inputs, spec, context)) {
            while (walk.advance()) {
                rows += walk.batch().rowCount();
                batches++;
            }
        }
        assertThat(rows).isEqualTo(1999);
        assertThat(batches).isGreaterThan(10);
    }

    @Test
    void readsNothingElseWithoutAStart() {
        BatchInput unread = SmallGraph.vertices(SmallGraph.TO, chain(3));
        Operator failing = BatchInput.cancelling(unread, context.cancellation(), 0);
        WalkInputs inputs = WalkInputs.of(
                SmallGraph.vertices(SmallGraph.FROM, List.of()),
                SmallGraph.edges(parents(3)),
                SmallGraph.vertices(SmallGraph.STEP, chain(3)),
                failing);
        VarExpandOperator walk = new VarExpandOperator(
                inputs, SmallGraph.spec(1, OptionalInt.empty(), SmallGraph.kinds(true, false), false), context);

        assertThat(BatchInput.drain(walk)).isEmpty();
        assertThat(context.cancellation().isCancelled()).isFalse();
        assertThat(unread.isClosed()).isTrue();
    }

    @Test
    void doesNotReadStepsForASingleEdge() {
        Operator steps =
                BatchInput.cancelling(SmallGraph.vertices(SmallGraph.STEP, chain(3)), context.cancellation(), 0);
        WalkInputs inputs = WalkInputs.of(
                SmallGraph.vertices(SmallGraph.FROM, chain(3)),
                SmallGraph.edges(parents(3)),
                steps,
                SmallGraph.vertices(SmallGraph.TO, chain(3)));

        assertThat(BatchInput.drain(new VarExpandOperator(
                        inputs, SmallGraph.spec(0, OptionalInt.of(1), SmallGraph.kinds(true, false), true), context)))
                .hasSize(5);
        assertThat(context.cancellation().isCancelled()).isFalse();
    }

    /** A start without a scope is on no edge of it; only where it can be a walk of no edges may it not get lost. */
    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void narrowsScansToTheScopesOfTheStarts(int min, boolean narrows) {
        Map<String, Set<Value>> restrictions = new HashMap<>();
        List<Vertex> starts = List.of(
                new Vertex("A", ACME, 0, 0, TRACE),
                new Vertex("A", ACME, 1, 1, Value.NULL),
                new Vertex("A", ACME, 2, 2, Value.of("other")));
        ColumnId scope = ColumnId.property(SmallGraph.FROM, "scope");
        WalkSpec plain = SmallGraph.spec(min, OptionalInt.empty(), SmallGraph.kinds(true, false), false);
        WalkSpec narrowed = new WalkSpec(
                plain.from(),
                plain.relationship(),
                plain.step(),
                plain.to(),
                plain.min(),
                plain.max(),
                plain.kinds(),
                plain.walk(),
                plain.between(),
                List.of(new WalkSpec.Narrowing(scope, restrictions::put, "trace_id")),
                plain.output());

        BatchInput.drain(new VarExpandOperator(
                SmallGraph.inputs(SmallGraph.vertices(SmallGraph.FROM, starts), List.of(), List.of(), List.of()),
                narrowed,
                context));

        assertThat(restrictions).isEqualTo(narrows ? Map.of("trace_id", Set.of(TRACE, Value.of("other"))) : Map.of());
    }

    /** Every vertex is linked with every other: there are more walks than could ever be counted. */
    private static WalkInputs everybodyKnowsEverybody() {
        int vertices = 30;
        List<Vertex> all = chain(vertices);
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < vertices * vertices; i++) {
            edges.add(new Edge(
                    "UP",
                    true,
                    ACME,
                    i,
                    i / vertices,
                    TRACE,
                    new EdgeEnd("A", i % vertices, false),
                    new EdgeEnd("A", i / vertices, true)));
        }
        return SmallGraph.inputs(SmallGraph.vertices(SmallGraph.FROM, all.subList(0, 1)), edges, all, List.of());
    }

    @Test
    void aSearchWithoutEndIsCancelled() {
        QueryContext brief = new QueryContext(
                context.principal(),
                Map.of(),
                context.limits(),
                context.memory(),
                Cancellation.after(Duration.ofMillis(200)));
        WalkSpec spec = SmallGraph.spec(1, OptionalInt.empty(), SmallGraph.kinds(false, true), false);
        try (Operator walk = new VarExpandOperator(everybodyKnowsEverybody(), spec, brief)) {
            assertThatThrownBy(walk::advance)
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            error -> assertThat(error.code()).isEqualTo(QueryErrorCode.TIMEOUT))
                    .hasMessage("The query ran longer than its time limit of 200 ms.");
        }
    }

    @Test
    void endsTheQueryThatHoldsMoreThanItsMemory() {
        QueryContext small = BatchInput.context(100_000);
        List<Vertex> all = chain(20_000);
        WalkInputs inputs =
                SmallGraph.inputs(SmallGraph.vertices(SmallGraph.FROM, all.subList(0, 1)), parents(20_000), all, all);
        try (Operator walk = new VarExpandOperator(
                inputs, SmallGraph.spec(1, OptionalInt.empty(), SmallGraph.kinds(true, false), true), small)) {
            assertThatThrownBy(walk::advance)
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            error -> assertThat(error.code()).isEqualTo(QueryErrorCode.MEMORY_LIMIT))
                    .hasMessage("The query needs more than 100000 bytes of memory (VarExpand).");
        }
        assertThat(small.memory().reservedBytes()).isZero();
    }

    @Test
    void passesOnTheColumnsOfTheInput() {
        ColumnId extra = ColumnId.of(new Variable("extra", 9, Variable.Kind.VALUE));
        BatchInput starts = SmallGraph.vertices(SmallGraph.FROM, chain(2));
        starts.advance();
        List<Vector> columns = new ArrayList<>(starts.batch().columns());
        columns.add(Vectors.values(Vectors.NULL, "x", "y"));
        List<ColumnId> layout = new ArrayList<>(starts.layout().columns());
        layout.add(extra);
        WalkSpec plain = SmallGraph.spec(0, OptionalInt.of(5), SmallGraph.kinds(true, false), false);
        WalkSpec spec = new WalkSpec(
                plain.from(),
                plain.relationship(),
                plain.step(),
                plain.to(),
                plain.min(),
                plain.max(),
                plain.kinds(),
                plain.walk(),
                plain.between(),
                List.of(),
                new RowLayout(List.of(extra, new ColumnId(SmallGraph.TO, new EntityField.Key(0)))));
        BatchInput input = new BatchInput(
                new RowLayout(layout), List.of(RowBatch.of(columns, 3).select(new int[] {1, 2})));

        assertThat(BatchInput.drain(
                        new VarExpandOperator(SmallGraph.inputs(input, parents(2), chain(2), chain(2)), spec, context)))
                .containsExactlyInAnyOrder(BatchInput.row("x", 0), BatchInput.row("x", 1), BatchInput.row("y", 1));
    }
}
