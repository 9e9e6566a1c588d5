package io.spangraph.engine.exec.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.MemoryBudget;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyIndexTest {
    private final MemoryBudget budget = new MemoryBudget(1L << 30);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void numbersKeysAsASearchThroughAllEarlierOnesWould(int width) {
        RandomVectors random = new RandomVectors(width);
        KeyIndex index = new KeyIndex(width, new HeldMemory(budget, "test"));
        List<List<Value>> known = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            List<Vector> key = IntStream.range(0, width)
                    .mapToObj(column -> random.vector(random.anyForm(), 60, 8))
                    .toList();
            List<List<Value>> rows = BatchInput.rows(RowBatch.of(key, 60));
            int[] positions = IntStream.range(0, 60).toArray();

            int[] found = index.find(key, positions);
            assertThat(found)
                    .isEqualTo(rows.stream().mapToInt(row -> search(known, row)).toArray());
            int[] added = index.add(key, positions);

            for (List<Value> row : rows) {
                if (search(known, row) < 0) {
                    known.add(row);
                }
            }
            assertThat(added)
                    .isEqualTo(rows.stream().mapToInt(row -> search(known, row)).toArray());
            assertThat(index.find(key, positions)).isEqualTo(added);
        }
        assertThat(index.size()).isEqualTo(known.size()).isGreaterThan(20);
    }

    private static int search(List<List<Value>> known, List<Value> row) {
        for (int i = 0; i < known.size(); i++) {
            if (equivalent(known.get(i), row)) {
                return i;
            }
        }
        return KeyIndex.ABSENT;
    }

    private static boolean equivalent(List<Value> left, List<Value> right) {
        return IntStream.range(0, left.size()).allMatch(i -> Values.equivalent(left.get(i), right.get(i)));
    }

    @Test
    void findsOneValueInEveryForm() {
        KeyIndex index = new KeyIndex(1, new HeldMemory(budget, "test"));
        int[] both = {0, 1};

        assertThat(index.add(List.of(Vectors.longs(7, 8)), both)).containsExactly(0, 1);
        assertThat(index.add(List.of(Vectors.doubles(8.0, 7.5)), both)).containsExactly(1, 2);
        assertThat(index.add(List.of(Vectors.values(7.0, 8)), both)).containsExactly(0, 1);
        assertThat(index.add(List.of(Vectors.texts("a", Vectors.NULL)), both)).containsExactly(3, 4);
        assertThat(index.add(List.of(Vectors.values(Vectors.NULL, "a")), both)).containsExactly(4, 3);
        assertThat(index.add(List.of(Vectors.constant("a", 2)), both)).containsExactly(3, 3);
        assertThat(index.find(List.of(Vectors.doubles(-0.0, Double.NaN)), both)).containsExactly(-1, -1);
        assertThat(index.add(List.of(Vectors.doubles(-0.0, Double.NaN)), both)).containsExactly(5, 6);
        assertThat(index.find(List.of(Vectors.values(0, 0.0 / 0.0)), both)).containsExactly(5, 6);
    }

    @Test
    void findsDatesAndTimesInEveryForm() {
        KeyIndex index = new KeyIndex(1, new HeldMemory(budget, "test"));
        LocalDateTime noon = LocalDateTime.of(1969, 5, 1, 12, 0, 0, 1000);
        long micros = noon.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + 1;
        int[] first = {0};
        for (Vector.LongKind kind : Vector.LongKind.values()) {
            long value = kind == Vector.LongKind.DATE ? noon.toLocalDate().toEpochDay() : micros;
            index.add(List.of(new Vector.LongVector(new long[] {value}, NullMask.NONE, kind)), first);
        }
        assertThat(index.size()).isEqualTo(4);

        List<Value> general = List.of(
                Value.of(micros),
                new Value.DateValue(LocalDate.of(1969, 5, 1)),
                new Value.LocalDateTimeValue(noon),
                new Value.DateTimeValue(ZonedDateTime.of(noon, ZoneOffset.UTC)));
        assertThat(index.find(List.of(Vectors.values(general.toArray())), new int[] {0, 1, 2, 3}))
                .containsExactly(0, 1, 2, 3);
        Value finer = new Value.LocalDateTimeValue(noon.plusNanos(1));
        assertThat(index.find(List.of(Vectors.values(finer)), first)).containsExactly(KeyIndex.ABSENT);
        assertThat(index.add(List.of(Vectors.values(finer)), first)).containsExactly(4);
    }

    @Test
    void findsATextThatWasAddedAfterItsDictionaryWasSearched() {
        KeyIndex index = new KeyIndex(1, new HeldMemory(budget, "test"));
        List<Vector> dictionary = List.of(Vectors.texts("a", "b"));
        int[] both = {0, 1};

        assertThat(index.find(dictionary, both)).containsExactly(-1, -1);
        index.add(List.of(Vectors.constant("b", 1)), new int[] {0});
        assertThat(index.find(dictionary, both)).containsExactly(-1, 0);
        assertThat(index.add(dictionary, both)).containsExactly(1, 0);
    }

    @Test
    void holdsManyKeysAndAccountsForThem() {
        KeyIndex index = new KeyIndex(2, new HeldMemory(budget, "test"));
        long[] left = new long[200_000];
        long[] right = new long[200_000];
        Arrays.setAll(left, i -> i % 1000L);
        Arrays.setAll(right, i -> i / 1000L * 1_000_003L);
        List<Vector> key = List.of(
                new Vector.LongVector(left, NullMask.NONE, Vector.LongKind.INTEGER),
                new Vector.LongVector(right, NullMask.NONE, Vector.LongKind.INTEGER));
        int[] all = IntStream.range(0, left.length).toArray();

        assertThat(index.add(key, all)).isEqualTo(all);
        assertThat(index.find(key, all)).isEqualTo(all);
        assertThat(budget.reservedBytes()).isGreaterThan(12L * 200_000);
    }
}
