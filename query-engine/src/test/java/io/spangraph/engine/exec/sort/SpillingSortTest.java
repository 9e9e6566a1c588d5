package io.spangraph.engine.exec.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.RandomVectors.Form;
import io.spangraph.engine.exec.fixture.SpillSandbox;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With hardly any memory, a sort gives the same rows in the same order, and leaves nothing behind. */
class SpillingSortTest {
    private static final long TINY = 64 << 10;
    private static final int WIDTH = 4;

    @TempDir
    private Path directory;

    private SpillSandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new SpillSandbox(directory);
    }

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    private static List<SortSpec> keys(boolean... descending) {
        return IntStream.range(0, descending.length)
                .mapToObj(key -> new SortSpec(rows -> rows.column(key + 1), descending[key]))
                .toList();
    }

    private List<List<Value>> spilled(Operator operator) {
        List<List<Value>> rows = BatchInput.drain(operator);
        assertThat(operator.spilledBytes()).isPositive();
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void everyFormOfKeyIsOrderedAsInMemory(Form form) {
        List<RowBatch> batches = SpillSandbox.batches(7, 12_000, 3_000, List.of(form, Form.TEXTS, Form.LONGS));
        for (boolean descending : new boolean[] {false, true}) {
            List<SortSpec> keys = keys(descending);
            assertThat(spilled(new Sort(BatchInput.of(batches, WIDTH), keys, sandbox.context(TINY))))
                    .isEqualTo(BatchInput.drain(new Sort(BatchInput.of(batches, WIDTH), keys, BatchInput.context())));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void randomRowsAreOrderedAsInMemory(long seed) {
        Random random = new Random(seed);
        RandomVectors vectors = new RandomVectors(seed);
        int different = random.nextBoolean() ? 5 : 10_000;
        List<RowBatch> batches = new ArrayList<>();
        // Each part has columns of other forms, so that the runs do not share them.
        for (int part = 0; part < 4; part++) {
            batches.addAll(SpillSandbox.batches(
                    seed * 10 + part,
                    5_000,
                    different,
                    List.of(vectors.anyForm(), vectors.anyForm(), vectors.anyForm())));
        }
        List<SortSpec> keys = keys(random.nextBoolean(), random.nextBoolean());
        assertThat(spilled(new Sort(BatchInput.of(batches, WIDTH), keys, sandbox.context(TINY))))
                .isEqualTo(BatchInput.drain(new Sort(BatchInput.of(batches, WIDTH), keys, BatchInput.context())));
    }

    @Test
    void rowsOfEqualKeysKeepTheirOrder() {
        List<RowBatch> batches = SpillSandbox.batches(3, 30_000, 1, List.of(Form.CONSTANT));
        List<SortSpec> none = List.of(new SortSpec(rows -> Vectors.constant(1, rows.physicalRows()), true));
        List<List<Value>> rows = spilled(new Sort(BatchInput.of(batches, 2), none, sandbox.context(TINY)));
        assertThat(rows)
                .isEqualTo(batches.stream()
                        .flatMap(batch -> BatchInput.rows(batch).stream())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, 4_000, 9_000, 1_000_000})
    void theFirstRowsAreThoseOfASort(long limit) {
        List<RowBatch> batches = SpillSandbox.batches(11, 20_000, 500, List.of(Form.LONGS, Form.TEXTS, Form.DOUBLES));
        List<SortSpec> keys = keys(true, false);
        for (long skip : new long[] {0, 77, 6_000}) {
            List<List<Value>> expected =
                    BatchInput.drain(new Sort(BatchInput.of(batches, WIDTH), keys, BatchInput.context())).stream()
                            .skip(skip)
                            .limit(limit)
                            .toList();
            Operator top = new TopN(BatchInput.of(batches, WIDTH), keys, skip, limit, sandbox.context(TINY));
            assertThat(BatchInput.drain(top)).isEqualTo(expected);
            if (limit == 0 || skip + limit > 1_000) {
                assertThat(top.spilledBytes() > 0).isEqualTo(limit > 0);
            }
        }
    }

    @Test
    void theFirstRowsOfEachAreThoseInMemory() {
        Random random = new Random(5);
        List<RowBatch> batches = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Object[] ordinals = random.ints(1_000, 0, 40).boxed().toArray();
            Object[] values = random.ints(1_000, 0, 300).boxed().toArray();
            batches.add(RowBatch.of(List.of(Vectors.longs(ordinals), Vectors.longs(values)), 1_000));
        }
        SortSpec ordinal = new SortSpec(rows -> rows.column(0), false);
        for (long skip : new long[] {0, 50}) {
            List<List<Value>> expected = BatchInput.drain(
                    new TopNOfEach(BatchInput.of(batches, 2), ordinal, keys(true), skip, 400, BatchInput.context()));
            assertThat(spilled(new TopNOfEach(
                            BatchInput.of(batches, 2), ordinal, keys(true), skip, 400, sandbox.context(TINY))))
                    .isEqualTo(expected)
                    .hasSizeGreaterThan(1_000);
        }
    }

    @Test
    void twoSortsShareTheMemoryOfAQuery() {
        List<RowBatch> batches = SpillSandbox.batches(2, 30_000, 3_000, List.of(Form.LONGS, Form.TEXTS, Form.LONGS));
        QueryContext context = sandbox.context(1 << 20);
        Operator lower = new Sort(BatchInput.of(batches, WIDTH), keys(false), context);
        Operator upper = new Sort(lower, keys(true, true), context);
        List<List<Value>> rows = spilled(upper);
        assertThat(lower.spilledBytes()).isPositive();
        Operator inMemory = new Sort(
                new Sort(BatchInput.of(batches, WIDTH), keys(false), BatchInput.context()),
                keys(true, true),
                BatchInput.context());
        assertThat(rows).isEqualTo(BatchInput.drain(inMemory));
    }

    @Test
    void nothingIsLeftOfASortThatIsNotReadToItsEnd() {
        List<RowBatch> batches = SpillSandbox.batches(2, 20_000, 3_000, List.of(Form.LONGS, Form.TEXTS, Form.LONGS));
        try (Operator sort = new Sort(BatchInput.of(batches, WIDTH), keys(false), sandbox.context(TINY))) {
            assertThat(sort.advance()).isTrue();
            assertThat(sandbox.space().bytesInUse()).isPositive();
        }
    }

    @Test
    void nothingIsLeftOfASortThatIsCancelled() {
        List<RowBatch> batches = SpillSandbox.batches(2, 20_000, 3_000, List.of(Form.LONGS, Form.TEXTS, Form.LONGS));
        QueryContext context = sandbox.context(TINY);
        Operator input = BatchInput.cancelling(BatchInput.of(batches, WIDTH), context.cancellation(), 40);
        try (Operator sort = new Sort(input, keys(false), context)) {
            assertThatThrownBy(sort::advance)
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            error -> assertThat(error.code()).isEqualTo(QueryErrorCode.CANCELLED));
            assertThat(sandbox.space().bytesInUse()).isPositive();
        }
    }

    @Test
    void theBoundOfTheDiskEndsTheQuery(@TempDir Path other) {
        try (SpillSandbox small = new SpillSandbox(other, 50_000)) {
            List<RowBatch> batches =
                    SpillSandbox.batches(2, 20_000, 9_000, List.of(Form.LONGS, Form.TEXTS, Form.LONGS));
            try (Operator sort = new Sort(BatchInput.of(batches, WIDTH), keys(false), small.context(TINY))) {
                assertThatThrownBy(sort::advance)
                        .isInstanceOfSatisfying(
                                QueryException.class,
                                error -> assertThat(error.code()).isEqualTo(QueryErrorCode.SPILL_LIMIT));
            }
        }
    }

    @Test
    void whatFitsIsNotPutAside() {
        List<RowBatch> batches = SpillSandbox.batches(2, 20_000, 3_000, List.of(Form.LONGS, Form.TEXTS, Form.LONGS));
        try (Operator sort = new Sort(BatchInput.of(batches, WIDTH), keys(false), sandbox.context(64 << 20))) {
            assertThat(sort.advance()).isTrue();
            assertThat(sort.spilledBytes()).isZero();
        }
        assertThat(sandbox.space().bytesWritten()).isZero();
        assertThat(sandbox.space().queries()).isZero();
    }
}
