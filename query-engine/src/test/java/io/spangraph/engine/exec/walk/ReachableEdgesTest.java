package io.spangraph.engine.exec.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReachableEdgesTest {
    private static final RowLayout STARTS =
            new RowLayout(List.of(new ColumnId(SmallGraph.FROM, new EntityField.Key(0))));
    private static final RowLayout EDGES = new RowLayout(List.of(
            new ColumnId(SmallGraph.EDGE, new EntityField.EndKey(End.NEAR, 0)),
            new ColumnId(SmallGraph.EDGE, new EntityField.EndKey(End.FAR, 0))));

    private final QueryContext context = BatchInput.context();

    private int reachable(Vector starts, Vector near, Vector far) {
        WalkSpec spec = new WalkSpec(
                SmallGraph.FROM,
                SmallGraph.EDGE,
                SmallGraph.STEP,
                SmallGraph.TO,
                1,
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new RowLayout(List.of()));
        int rows;
        try (HeldMemory memory = new HeldMemory(context.memory(), "test")) {
            RowStore from = new RowStore(1, memory);
            from.append(RowBatch.of(List.of(starts), starts.length()));
            Operator edges = new BatchInput(EDGES, List.of(RowBatch.of(List.of(near, far), near.length())));
            rows = BatchInput.drain(new ReachableEdges(edges, spec, from, STARTS, context))
                    .size();
        }
        assertThat(context.memory().reservedBytes()).isZero();
        return rows;
    }

    private static Vector longs(LongStream values) {
        return Vectors.longs(values.boxed().toArray());
    }

    /** Each edge leads from a number to the one before it. */
    private static Vector chain(int from) {
        return longs(LongStream.range(from, from + 10_000));
    }

    @Test
    void followsAChainThatLiesBackwards() {
        assertThat(reachable(Vectors.longs(100, Vectors.NULL, 70_000), chain(1), chain(0)))
                .isEqualTo(100);
    }

    @Test
    void endsInACircle() {
        assertThat(reachable(Vectors.longs(2), Vectors.longs(1, 2, 3, 9, 8), Vectors.longs(2, 3, 1, 8, 9)))
                .isEqualTo(3);
    }

    @Test
    void givesAllEdgesWhereKeysAreNotNear() {
        assertThat(reachable(
                        Vectors.longs(1),
                        Vectors.longs(1, 5, Long.MAX_VALUE, Long.MIN_VALUE, 7),
                        Vectors.longs(2, 3, 4, 5, 6)))
                .isEqualTo(5);
    }

    @Test
    void givesAllEdgesOfKeysThatAreNoIntegers() {
        assertThat(reachable(Vectors.texts("a"), Vectors.texts("a", "b", "c", "d"), Vectors.texts("b", "x", "y", "z")))
                .isEqualTo(4);
    }
}
