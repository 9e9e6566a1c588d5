package io.spangraph.engine.exec.join;

import static io.spangraph.engine.exec.fixture.Vectors.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.fixture.WatchedInput;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SidewaysKeyTest {
    private final QueryContext context = BatchInput.context();
    private final List<String> events = new ArrayList<>();
    private final Map<String, Set<Value>> restrictions = new TreeMap<>();
    private final KeyReceiver receiver = (column, values) -> {
        events.add("restrict " + column);
        restrictions.put(column, values);
    };

    private void run(JoinKind kind, Vector... build) {
        List<Vector> probe = List.of(Vectors.longs(1), Vectors.longs(1));
        int[] keys = {0, 1};
        BatchInput.drain(new HashJoinOperator(
                kind,
                new WatchedInput("build", BatchInput.of(build), events),
                new WatchedInput("probe", BatchInput.of(probe.toArray(Vector[]::new)), events),
                keys,
                keys,
                Optional.empty(),
                BatchInput.joinColumns(kind, build.length, probe.size()),
                List.of(new SidewaysKey(0, receiver, "tenant"), new SidewaysKey(1, receiver, "trace")),
                context));
    }

    private static Set<Value> integers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Value::of).collect(Collectors.toSet());
    }

    private static Vector longs(int count) {
        return Vectors.longs(IntStream.range(0, count).boxed().toArray());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RIGHT_OUTER", "RIGHT_ANTI"})
    void keysArePassedOnAfterTheBuildSideAndBeforeTheProbeSideIsRead(JoinKind kind) {
        run(kind, Vectors.longs(1, 2, 1, NULL, 2), Vectors.values("a", "b", "a", "c", NULL));

        assertThat(events)
                .startsWith(
                        "read build", "read build", "close build", "restrict tenant", "restrict trace", "read probe");
        assertThat(events).containsOnlyOnce("restrict tenant", "restrict trace");
        assertThat(restrictions)
                .containsExactly(
                        Map.entry("tenant", integers(1, 3)), Map.entry("trace", Set.of(Value.of("a"), Value.of("b"))));
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void exactlyTheGreatestNumberOfKeysIsPassedOn() {
        run(JoinKind.SEMI, longs(10_000), longs(10_000));
        assertThat(restrictions.get("tenant")).isEqualTo(integers(0, 10_000));
        assertThat(restrictions).containsKey("trace");
    }

    @Test
    void moreKeysAreNotPassedOn() {
        run(JoinKind.SEMI, longs(10_001), longs(10_001));
        assertThat(restrictions).isEmpty();
        assertThat(events).contains("read probe");
    }

    @Test
    void aColumnOfFewValuesIsPassedOnBesideOneOfMany() {
        Vector tenants = Vectors.texts(
                IntStream.range(0, 30_000).mapToObj(i -> "t" + i % 3).toArray());
        run(JoinKind.SEMI, tenants, longs(30_000));
        assertThat(restrictions)
                .containsExactly(Map.entry("tenant", Set.of(Value.of("t0"), Value.of("t1"), Value.of("t2"))));
    }

    @Test
    void nothingIsPassedOnWhenNoRowCanMatch() {
        run(JoinKind.ANTI, Vectors.longs(1, NULL), Vectors.longs(NULL, 2));
        assertThat(restrictions).isEmpty();
        assertThat(events).containsExactly("read build", "read build", "close build", "close probe");
    }

    @Test
    void keysThatWouldDropProbeRowsWithoutAMatchAreRefused() {
        assertThatThrownBy(() -> run(JoinKind.RIGHT_OUTER, longs(1), longs(1)))
                .hasMessage("keys would drop probe rows that the join gives without a match");
    }

    @Test
    void aColumnThatIsNotJoinedByIsRefused() {
        assertThatThrownBy(() -> new HashJoinOperator(
                        JoinKind.SEMI,
                        BatchInput.of(longs(1), longs(1)),
                        BatchInput.of(longs(1)),
                        new int[] {1},
                        new int[] {0},
                        Optional.empty(),
                        BatchInput.joinColumns(2),
                        List.of(new SidewaysKey(0, receiver, "tenant")),
                        context))
                .hasMessage("no key of the join lies in column 0");
    }
}
