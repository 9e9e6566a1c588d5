package io.spangraph.engine.exec.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.MemoryBudget;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.NullMask;
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

class RowStoreTest {
    private final MemoryBudget budget = new MemoryBudget(1L << 30);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void holdsWhatWasAppendedWhateverItsForm(long seed) {
        holdsWhatWasAppended(store(3), seed);
        holdsWhatWasAppended(RowStore.ofUnlikeRows(3, new HeldMemory(budget, "test")), seed);
    }

    private static void holdsWhatWasAppended(RowStore store, long seed) {
        Random random = new Random(seed);
        RandomVectors vectors = new RandomVectors(seed);
        List<List<Value>> expected = new ArrayList<>();
        List<RandomVectors.Form> forms = List.of(vectors.anyForm(), vectors.anyForm(), vectors.anyForm());
        for (int i = 0; i < 20; i++) {
            boolean sameForms = random.nextInt(4) > 0;
            int length = random.nextInt(300);
            List<Vector> columns = forms.stream()
                    .map(form -> vectors.vector(sameForms ? form : vectors.anyForm(), length, 20))
                    .toList();
            RowBatch batch = RowBatch.of(columns, length);
            RowBatch selected = random.nextBoolean() ? batch : BatchInput.selectSome(batch, random);
            store.append(selected);
            expected.addAll(BatchInput.rows(selected));
        }

        assertThat(store.rows()).isEqualTo(expected.size()).isGreaterThan(1000);
        int[] wanted = random.ints(500, 0, store.rows()).toArray();
        assertThat(BatchInput.rows(store.gather(wanted)))
                .isEqualTo(IntStream.of(wanted).mapToObj(expected::get).toList());
        assertThat(IntStream.range(0, store.rows()).mapToObj(row -> store.value(row, 1)))
                .isEqualTo(expected.stream().map(row -> row.get(1)).toList());
        for (int column = 0; column < 3; column++) {
            assertOrders(store, column, expected, wanted);
        }
    }

    private static void assertOrders(RowStore store, int column, List<List<Value>> expected, int[] rows) {
        RowOrder ascending = store.order(column, false);
        RowOrder descending = store.order(column, true);
        for (int i = 1; i < rows.length; i++) {
            int order = Values.compareForOrder(
                    expected.get(rows[i - 1]).get(column), expected.get(rows[i]).get(column));
            assertThat(Integer.signum(ascending.compare(rows[i - 1], rows[i]))).isEqualTo(Integer.signum(order));
            assertThat(Integer.signum(descending.compare(rows[i - 1], rows[i]))).isEqualTo(-Integer.signum(order));
        }
    }

    @Test
    void keepsTheFormWhereAllVectorsAgree() {
        RowStore store = store(5);
        for (int i = 0; i < 3; i++) {
            store.append(RowBatch.of(
                    List.of(
                            Vectors.longs(1, Vectors.NULL),
                            Vectors.doubles(1.5, 2.5),
                            Vectors.booleans(true, Vectors.NULL),
                            Vectors.texts("a", "b"),
                            Vectors.constant("Span", 2)),
                    2));
            store.append(RowBatch.of(
                    IntStream.range(0, 5)
                            .mapToObj(c -> Vectors.constant(Vectors.NULL, 1))
                            .toList(),
                    1));
        }

        int[] all = IntStream.range(0, 9).toArray();
        assertThat(store.gather(all, 0)).isInstanceOf(Vector.LongVector.class);
        assertThat(store.gather(all, 1)).isInstanceOf(Vector.DoubleVector.class);
        assertThat(store.gather(all, 2)).isInstanceOf(Vector.BooleanVector.class);
        assertThat(((Vector.DictionaryVector) store.gather(all, 3)).dictionary())
                .containsExactly(Value.of("a"), Value.of("b"));
        assertThat(((Vector.DictionaryVector) store.gather(all, 4)).dictionary())
                .containsExactly(Value.of("Span"));
    }

    @Test
    void holdsOnlyThoseDictionaryEntriesThatOccur() {
        Vector texts = Vectors.texts("a", "b", "c", "d");
        RowStore store = store(1);
        store.append(List.of(texts), new int[] {2});
        store.append(List.of(texts), new int[] {0, 2});

        Vector gathered = store.gather(new int[] {0, 1, 2}, 0);

        assertThat(((Vector.DictionaryVector) gathered).dictionary()).containsExactly(Value.of("c"), Value.of("a"));
    }

    @Test
    void keepsUniqueTextsWithoutAnIndexOfThem() {
        RowStore store = store(1);
        int batches = 50;
        for (int i = 0; i < batches; i++) {
            int batch = i;
            store.append(RowBatch.of(
                    List.of(new Vector.DictionaryVector(
                            IntStream.range(0, 4096).toArray(),
                            IntStream.range(0, 4096)
                                    .mapToObj(row -> Value.of("id-" + (batch * 4096 + row)))
                                    .toList())),
                    4096));
        }

        for (int row = 0; row < batches * 4096; row += 777) {
            assertThat(store.value(row, 0)).isEqualTo(Value.of("id-" + row));
        }
        assertThat(store.order(0, false).compare(10, 100)).isNegative();
    }

    @Test
    void keepsTextsThatDoNotRepeatAsBytes() {
        HeldMemory memory = new HeldMemory(budget, "test");
        RowStore store = RowStore.ofUnlikeRows(1, memory);
        Vector nulls = Vectors.constant(Vectors.NULL, 2);
        store.append(List.of(nulls), new int[] {0, 1});
        store.append(List.of(Vectors.utf8Entries("b", Vectors.NULL, "\u00e9")), new int[] {0, 1, 2});
        store.append(List.of(nulls), new int[] {0});
        store.append(List.of(Vectors.utf8("skipped", "", "a")), new int[] {1, 2});

        Vector gathered = store.gather(new int[] {7, 0, 2, 3, 4, 5, 6, RowStore.NO_ROW}, 0);

        assertThat(gathered).isInstanceOf(Vector.TextVector.class);
        assertThat(IntStream.range(0, 8).mapToObj(gathered::value))
                .containsExactly(
                        Value.of("a"),
                        Value.NULL,
                        Value.of("b"),
                        Value.NULL,
                        Value.of("\u00e9"),
                        Value.NULL,
                        Value.of(""),
                        Value.NULL);
        assertThat(store.order(0, false).compare(2, 4)).isNegative();
        assertThat(store.order(0, false).compare(2, 7)).isPositive();
        assertThat(budget.reservedBytes()).isEqualTo(memory.held()).isPositive();
    }

    @Test
    void keepsTextsThatDoNotRepeatAsCodesOfTheirDictionaries() {
        HeldMemory memory = new HeldMemory(budget, "test");
        RowStore store = RowStore.ofUnlikeRows(1, memory);
        store.append(List.of(Vectors.constant(Vectors.NULL, 2)), new int[] {0, 1});
        Vector first = Vectors.utf8Entries("b", Vectors.NULL, "\u00e9", "c");
        store.append(List.of(first), new int[] {0, 1});
        store.append(List.of(first), new int[] {2, 3});
        store.append(List.of(Vectors.utf8Entries("a")), new int[] {0});

        Vector ofOne = store.gather(new int[] {5, 0, 2, 4, RowStore.NO_ROW}, 0);
        assertThat(((Vector.DictionaryVector) ofOne).dictionary())
                .isSameAs(((Vector.DictionaryVector) first).dictionary());
        assertThat(IntStream.range(0, 5).mapToObj(ofOne::value))
                .containsExactly(Value.of("c"), Value.NULL, Value.of("b"), Value.of("\u00e9"), Value.NULL);
        assertThat(store.gather(new int[] {6, 5}, 0)).isInstanceOf(Vector.TextVector.class);
        assertThat(store.endOfPiece(0)).isEqualTo(2);
        assertThat(store.endOfPiece(2)).isEqualTo(6);
        assertThat(store.endOfPiece(6)).isEqualTo(7);
        assertThat(store.order(0, false).compare(6, 2)).isNegative();

        RowStore other = RowStore.ofUnlikeRows(1, memory);
        other.append(store, new int[] {6, 2, 3, 5});
        assertThat(BatchInput.rows(other.gather(new int[] {0, 1, 2, 3})))
                .containsExactly(
                        BatchInput.row("a"), BatchInput.row("b"), BatchInput.row(Vectors.NULL), BatchInput.row("c"));
    }

    @Test
    void doesNotHoldADictionaryForOneOfManyTexts() {
        HeldMemory memory = new HeldMemory(budget, "test");
        RowStore store = RowStore.ofUnlikeRows(1, memory);
        store.append(List.of(Vectors.utf8Entries("a", Vectors.NULL)), new int[] {0, 1});
        Object[] many = IntStream.range(0, 1000).mapToObj(i -> "text " + i).toArray();
        store.append(List.of(Vectors.utf8Entries(many)), new int[] {7});

        assertThat(store.gather(new int[] {2}, 0)).isInstanceOf(Vector.TextVector.class);
        assertThat(IntStream.range(0, 3).mapToObj(row -> store.value(row, 0)))
                .containsExactly(Value.of("a"), Value.NULL, Value.of("text 7"));
        assertThat(memory.held()).isLessThan(10_000);
    }

    @Test
    void givesNullForNoRow() {
        RowStore store = store(2);
        store.append(RowBatch.of(List.of(Vectors.longs(7), Vectors.texts("a")), 1));

        assertThat(BatchInput.rows(store.gather(new int[] {RowStore.NO_ROW, 0})))
                .containsExactly(BatchInput.row(Vectors.NULL, Vectors.NULL), BatchInput.row(7, "a"));
    }

    @Test
    void accountsForWhatItHoldsAndGivesItBack() {
        HeldMemory memory = new HeldMemory(budget, "Sort");
        RowStore store = new RowStore(1, memory);
        store.append(RowBatch.of(
                List.of(new Vector.LongVector(new long[100_000], NullMask.NONE, Vector.LongKind.INTEGER)), 100_000));

        assertThat(budget.reservedBytes()).isBetween(800_000L, 900_000L);
        memory.close();
        assertThat(budget.reservedBytes()).isZero();
    }

    @Test
    void endsTheQueryThatStoresMoreThanItsMemory() {
        RowStore store = new RowStore(1, new HeldMemory(new MemoryBudget(1 << 20), "Sort"));
        RowBatch batch = RowBatch.of(
                List.of(Vectors.values(
                        IntStream.range(0, 1000).mapToObj(i -> "x".repeat(100)).toArray())),
                1000);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        store.append(batch);
                    }
                })
                .isInstanceOfSatisfying(
                        QueryException.class, error -> assertThat(error.code()).isEqualTo(QueryErrorCode.MEMORY_LIMIT))
                .hasMessage("The query needs more than 1048576 bytes of memory (Sort).");
    }

    private RowStore store(int width) {
        return new RowStore(width, new HeldMemory(budget, "test"));
    }
}
