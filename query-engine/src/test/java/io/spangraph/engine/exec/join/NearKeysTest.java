package io.spangraph.engine.exec.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.MemoryBudget;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.Vector;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearKeysTest {
    private static final int ABSENT = KeyIndex.ABSENT;

    @Test
    void numbersAreDistancesFromTheSmallestKey() {
        NearKeys keys = keys(Vectors.longs(12, 10, 13)).orElseThrow();

        assertThat(keys.count()).isEqualTo(4);
        assertThat(found(keys, Vectors.longs(9, 10, 11, 12, 13, 14, Long.MIN_VALUE, Long.MAX_VALUE)))
                .containsExactly(ABSENT, 0, 1, 2, 3, ABSENT, ABSENT, ABSENT);
    }

    @Test
    void findsWhatEqualsAnIntegerInAnyForm() {
        NearKeys keys = keys(Vectors.longs(-1, 0, 1)).orElseThrow();

        assertThat(found(keys, Vectors.values(1, 1.0, -0.0, 0.5, Double.NaN, "1", Vectors.NULL, true)))
                .containsExactly(2, 2, 1, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT);
        assertThat(found(keys, Vectors.constant(0, 2))).containsExactly(1, 1);
        assertThat(found(keys, Vectors.texts("0", Vectors.NULL))).containsExactly(ABSENT, ABSENT);
    }

    @Test
    void keysFarFromEachOtherAreNotNear() {
        assertThat(keys(Vectors.longs(0, 1_000_000_000))).isEmpty();
        assertThat(keys(Vectors.longs(Long.MIN_VALUE, Long.MAX_VALUE))).isEmpty();
        assertThat(keys(Vectors.longs(Long.MIN_VALUE, Long.MIN_VALUE + 3))).isPresent();
        assertThat(keys(Vectors.longs(Long.MAX_VALUE, Long.MAX_VALUE - 3))).isPresent();
    }

    @Test
    void otherValuesThanIntegersAreNotNear() {
        assertThat(keys(Vectors.values(1, "a"))).isEmpty();
        assertThat(keys(Vectors.texts("a", "b"))).isEmpty();
        assertThat(keys(Vectors.constant(Vectors.NULL, 3))).isEmpty();
    }

    private static Optional<NearKeys> keys(Vector column) {
        RowStore rows = new RowStore(1, new HeldMemory(new MemoryBudget(1 << 20), "test"));
        rows.append(List.of(column), all(column));
        return NearKeys.of(rows, 0);
    }

    private static int[] found(NearKeys keys, Vector column) {
        return keys.find(column, all(column));
    }

    private static int[] all(Vector column) {
        return IntStream.range(0, column.length()).toArray();
    }
}
