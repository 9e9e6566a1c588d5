package io.spangraph.engine.exec.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.MemoryBudget;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueSetTest {
    private final MemoryBudget budget = new MemoryBudget(1L << 30);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void countsAsASearchThroughAllValuesWould(long seed) {
        Random random = new Random(seed);
        RandomVectors vectors = new RandomVectors(seed);
        List<ValueSet> parts = List.of(set(), set(), set());
        List<Value> known = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            RowBatch whole = RowBatch.of(List.of(vectors.vector(vectors.anyForm(), 50, 40)), 50);
            RowBatch batch = random.nextBoolean() ? whole : BatchInput.selectSome(whole, random);
            for (List<Value> row : BatchInput.rows(batch)) {
                Value value = row.getFirst();
                if (!value.isNull() && known.stream().noneMatch(other -> Values.equivalent(other, value))) {
                    known.add(value);
                }
            }
            parts.get(i % 3).add(batch.column(0), batch.selectedRows(), batch.isWhole());
        }
        ValueSet all = set();
        parts.forEach(all::addAll);
        parts.forEach(all::addAll);

        assertThat(all.presentValues()).isEqualTo(known.size()).isGreaterThan(40);
    }

    @Test
    void countsATextOnceWhateverItComesIn() {
        ValueSet values = set();
        for (Vector vector : List.of(
                Vectors.texts("a", "\u00e9", Vectors.NULL),
                Vectors.utf8("\u00e9", "b", Vectors.NULL),
                Vectors.utf8Entries("b", Vectors.NULL, "a"),
                Vectors.constant("a", 3),
                Vectors.values("b", "a", 1))) {
            values.add(vector, new int[] {0, 1, 2}, true);
        }

        assertThat(values.presentValues()).isEqualTo(4);
    }

    @Test
    void accountsForTextsThatComeAsEntries() {
        ValueSet values = set();
        Object[] texts = IntStream.range(0, 10_000).mapToObj(i -> "text " + i).toArray();
        values.add(Vectors.utf8Entries(texts), IntStream.range(0, texts.length).toArray(), true);

        assertThat(values.presentValues()).isEqualTo(texts.length);
        assertThat(budget.reservedBytes()).isGreaterThan(10L * texts.length);
    }

    @Test
    void mergesTextsWithoutChangingWhatItTakesThemFrom() {
        ValueSet first = set();
        ValueSet second = set();
        first.add(texts(0, 6_000), IntStream.range(0, 6_000).toArray(), true);
        second.add(texts(4_000, 10_000), IntStream.range(0, 6_000).toArray(), true);
        HeldMemory memory = new HeldMemory(budget, "test");
        ValueSet all = new ValueSet(memory);
        all.addAll(first);
        all.addAll(second);
        all.add(texts(9_999, 10_002), new int[] {0, 1, 2}, true);

        assertThat(all.presentValues()).isEqualTo(10_002);
        assertThat(first.presentValues()).isEqualTo(6_000);
        assertThat(second.presentValues()).isEqualTo(6_000);
        long beside = budget.reservedBytes() - memory.held();
        assertThat(memory.held()).isGreaterThan(10L * 10_002);
        memory.close();
        assertThat(budget.reservedBytes()).isEqualTo(beside);
    }

    private static Vector texts(int from, int to) {
        return Vectors.utf8Entries(
                IntStream.range(from, to).mapToObj(i -> "text " + i).toArray());
    }

    private ValueSet set() {
        return new ValueSet(new HeldMemory(budget, "test"));
    }
}
