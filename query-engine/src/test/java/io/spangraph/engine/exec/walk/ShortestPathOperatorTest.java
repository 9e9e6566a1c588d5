package io.spangraph.engine.exec.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.walk.RandomGraph.Walk;
import io.spangraph.engine.exec.walk.SmallGraph.Edge;
import io.spangraph.engine.exec.walk.SmallGraph.EdgeEnd;
import io.spangraph.engine.exec.walk.SmallGraph.Vertex;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestPathOperatorTest {
    private static final Value ACME = Value.of("acme");
    private static final Value TRACE = Value.of("trace");

    private final QueryContext context = BatchInput.context();

    /** The shortest among all walks that a recursive search finds between the two rows. */
    @ParameterizedTest
    @CsvSource({"0, , true, false", "1, , true, true", "1, 2, true, true", "0, 1, false, true"})
    void findsTheShortestOfAllWalks(int min, Integer max, boolean forward, boolean backward) {
        OptionalInt bound = max == null ? OptionalInt.empty() : OptionalInt.of(max);
        int walks = 0;
        for (long seed = 1; seed <= 15; seed++) {
            RandomGraph graph = new RandomGraph(seed, forward, backward);
            for (Vertex start : graph.starts) {
                for (Vertex end : graph.vertices) {
                    List<String> expected = shortest(graph.walks(min, bound, end::equals), start);
                    walks += expected.size();
                    assertThat(search(graph, start, end, min, bound, forward, backward, true))
                            .containsExactlyInAnyOrderElementsOf(expected);
                    List<String> one = search(graph, start, end, min, bound, forward, backward, false);
                    assertThat(one).hasSize(Math.min(1, expected.size()));
                    assertThat(expected).containsAll(one);
                }
            }
        }
        assertThat(walks).isGreaterThan(100);
        assertThat(context.memory().reservedBytes()).isZero();
    }

    private static List<String> shortest(List<Walk> walks, Vertex start) {
        // An edge that exists by trust leads to no row, so to none of the rows that are searched for.
        List<Walk> between = walks.stream()
                .filter(walk -> walk.start().equals(start) && walk.end().row() >= 0)
                .toList();
        int length =
                between.stream().mapToInt(walk -> walk.edges().size()).min().orElse(0);
        return between.stream()
                .filter(walk -> walk.edges().size() == length)
                .map(Walk::text)
                .toList();
    }

    private List<String> search(
            RandomGraph graph,
            Vertex start,
            Vertex end,
            int min,
            OptionalInt max,
            boolean forward,
            boolean backward,
            boolean all) {
        return BatchInput.drain(new ShortestPathOperator(
                        SmallGraph.pairs(List.of(start), List.of(end)),
                        SmallGraph.edges(graph.edges),
                        SmallGraph.vertices(SmallGraph.STEP, graph.steps()),
                        Optional.of(SmallGraph.trusted(SmallGraph.STEP, graph.trusted(graph::isStep))),
                        SmallGraph.pairSpec(min, max, SmallGraph.kinds(forward, backward)),
                        all,
                        context))
                .stream()
                .map(row -> row.get(0) + " " + row.get(3) + " -> " + row.get(5) + " " + row.get(7) + " " + row.get(8)
                        + " " + row.get(10) + row.get(11))
                .toList();
    }

    /** Levels of the same number of vertices, where each of a level leads to each of the next. */
    private static List<Edge> lattice(int levels, int width) {
        List<Edge> edges = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            for (int from = 0; from < width; from++) {
                for (int to = 0; to < width; to++) {
                    long row = (long) level * width + from;
                    edges.add(new Edge(
                            "UP",
                            false,
                            ACME,
                            edges.size(),
                            row,
                            TRACE,
                            new EdgeEnd("A", row, true),
                            new EdgeEnd("A", (level + 1L) * width + to, false)));
                }
            }
        }
        return edges;
    }

    private static List<Vertex> latticeVertices(int levels, int width) {
        return IntStream.range(0, (levels + 1) * width)
                .mapToObj(i -> new Vertex("A", ACME, i, i, TRACE))
                .toList();
    }

    private Operator lattice(int levels, int width, boolean all, QueryContext running) {
        List<Vertex> vertices = latticeVertices(levels, width);
        return new ShortestPathOperator(
                SmallGraph.pairs(vertices.subList(0, 1), List.of(vertices.getLast())),
                SmallGraph.edges(lattice(levels, width)),
                SmallGraph.vertices(SmallGraph.STEP, vertices),
                Optional.empty(),
                SmallGraph.pairSpec(1, OptionalInt.empty(), SmallGraph.kinds(true, false)),
                all,
                running);
    }

    @Test
    void givesAllShortestWalksInBatches() {
        try (Operator search = lattice(9, 3, true, context)) {
            List<Integer> sizes = new ArrayList<>();
            while (search.advance()) {
                sizes.add(search.batch().rowCount());
            }
            assertThat(sizes).containsExactly(4096, 2465);
        }
    }

    @Test
    void givesOneOfMoreWalksThanCouldBeCounted() {
        try (Operator search = lattice(60, 3, false, context)) {
            assertThat(search.advance()).isTrue();
            RowBatch batch = search.batch();
            assertThat(batch.rowCount()).isEqualTo(1);
            assertThat(batch.value(0, 10))
                    .isInstanceOfSatisfying(
                            Value.ListValue.class,
                            walk -> assertThat(walk.elements()).hasSize(60));
            assertThat(search.advance()).isFalse();
        }
    }

    @Test
    void aCountOfWalksWithoutEndIsEndedByTheDeadline() {
        QueryContext brief = new QueryContext(
                context.principal(),
                Map.of(),
                context.limits(),
                context.memory(),
                Cancellation.after(Duration.ofMillis(500)));
        try (Operator search = lattice(60, 3, true, brief)) {
            assertThatThrownBy(() -> {
                        while (search.advance()) {
                            assertThat(search.batch().rowCount()).isLessThanOrEqualTo(RowBatch.TARGET_ROWS);
                        }
                    })
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            error -> assertThat(error.code()).isEqualTo(QueryErrorCode.TIMEOUT));
        }
    }

    @Test
    void givesNothingForNothing() {
        List<Vertex> vertices = latticeVertices(1, 2);
        Operator search = new ShortestPathOperator(
                SmallGraph.pairs(List.of(), vertices),
                SmallGraph.edges(lattice(1, 2)),
                SmallGraph.vertices(SmallGraph.STEP, vertices),
                Optional.empty(),
                SmallGraph.pairSpec(1, OptionalInt.empty(), SmallGraph.kinds(true, false)),
                true,
                context);

        assertThat(BatchInput.drain(search)).isEmpty();
    }

    @Test
    void refusesAMinimumThatNoShortestWalkHas() {
        assertThatThrownBy(() -> new ShortestPathOperator(
                        SmallGraph.pairs(List.of(), List.of()),
                        SmallGraph.edges(List.of()),
                        SmallGraph.vertices(SmallGraph.STEP, List.of()),
                        Optional.empty(),
                        SmallGraph.pairSpec(2, OptionalInt.empty(), SmallGraph.kinds(true, false)),
                        true,
                        context))
                .hasMessage("shortest walks of at least 2 edges");
    }
}
