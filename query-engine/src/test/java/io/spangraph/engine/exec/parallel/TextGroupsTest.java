package io.spangraph.engine.exec.parallel;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.Workers;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.aggregate.AggregateSpec;
import io.spangraph.engine.exec.aggregate.GroupColumn;
import io.spangraph.engine.exec.aggregate.Grouping;
import io.spangraph.engine.exec.aggregate.HashAggregate;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups by a text whose dictionaries are large and differ from part to part, as ids of sorted tables come. */
class TextGroupsTest {
    private static final int PARTS = 14;
    private static final int ROWS_OF_A_PART = 6_000;
    private static final int ENTRIES = 2_000;

    private final Workers workers = Workers.of(2, 1);

    @AfterEach
    void endsWorkers() {
        workers.close();
    }

    /**
     * With any overlap of neighbours' dictionaries, and as few rows of a batch as make a dictionary not worth holding.
     *
     * @param shift how many entries of a dictionary the one before it did not have
     */
    @ParameterizedTest
    @CsvSource({"2000, 1500", "1500, 1500", "100, 1500", "0, 1500", "2000, 6000", "2000, 50", "1999, 150"})
    void groupsAreThoseOfTheTextsInTheOrderOfTheirFirstRows(int shift, int rowsOfABatch) {
        QueryContext context = PartsInMemory.context(workers, 1L << 28);
        Map<Value, List<Long>> numbers = new LinkedHashMap<>();
        for (int row = 0; row < PARTS * ROWS_OF_A_PART; row++) {
            numbers.computeIfAbsent(text(row, shift), text -> new ArrayList<>()).add((long) row);
        }
        Grouping grouping = new Grouping(
                List.of(new GroupColumn(1, true)),
                List.of(
                        AggregateSpec.of(AggregateFunction.COUNT_ROWS, false, List.of()),
                        AggregateSpec.of(AggregateFunction.SUM, false, List.of(rows -> rows.column(0)))),
                BatchInput.plainLayout(3));
        List<List<Value>> groups = aggregate(grouping, shift, rowsOfABatch, context);

        List<List<Value>> expected = new ArrayList<>();
        numbers.forEach((text, rows) -> expected.add(List.of(
                text,
                Value.of(rows.size()),
                Value.of(rows.stream().mapToLong(Long::longValue).sum()))));
        assertThat(groups).isEqualTo(expected).hasSizeGreaterThan(ENTRIES / 2);
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2000, 1500", "1500, 1500", "100, 1500", "0, 1500", "2000, 50"})
    void differentTextsAreCounted(int shift, int rowsOfABatch) {
        QueryContext context = PartsInMemory.context(workers, 1L << 28);
        Grouping grouping = new Grouping(
                List.of(),
                List.of(AggregateSpec.of(AggregateFunction.COUNT, true, List.of(rows -> rows.column(1)))),
                BatchInput.plainLayout(1));
        long different = IntStream.range(0, PARTS * ROWS_OF_A_PART)
                .mapToObj(row -> text(row, shift))
                .filter(text -> !text.isNull())
                .distinct()
                .count();
        assertThat(aggregate(grouping, shift, rowsOfABatch, context)).containsExactly(row(different));
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"100, 2000", "64, 1500"})
    void littleMemoryMergesEarly(int kilobytes, int shift) {
        QueryContext roomy = PartsInMemory.context(workers, 1L << 28);
        QueryContext tight = PartsInMemory.context(workers, (long) kilobytes << 16);
        Grouping grouping = new Grouping(
                List.of(new GroupColumn(1, true)),
                List.of(AggregateSpec.of(AggregateFunction.SUM, false, List.of(rows -> rows.column(0)))),
                BatchInput.plainLayout(2));
        List<List<Value>> groups = aggregate(grouping, shift, 1500, tight);
        List<List<Value>> expected = aggregate(grouping, shift, 1500, roomy);
        assertThat(groups).hasSameSizeAs(expected);
        assertThat(new HashSet<>(groups)).isEqualTo(new HashSet<>(expected));
        assertThat(tight.memory().reservedBytes()).isZero();
    }

    private static Value text(int row, int shift) {
        int part = row / ROWS_OF_A_PART;
        return row % 97 == 5 ? Value.NULL : Value.of("trace " + (part * shift + entry(row)));
    }

    private static int entry(int row) {
        // Three rows on end have one entry, and later ones have it again.
        return row / 3 % 1_900 * 7 % ENTRIES;
    }

    private static List<List<Value>> aggregate(Grouping grouping, int shift, int rowsOfABatch, QueryContext context) {
        PartsInMemory source = new PartsInMemory(PARTS, ROWS_OF_A_PART, rowsOfABatch, (part, batch) -> {});
        Pipeline numbers = source.pipeline(context, rows -> new Vector.ConstantVector(Value.TRUE, rows.physicalRows()));
        Pipeline texts = new Pipeline(numbers.scan(), numbers.layout(), reading -> {
            Pipeline.Copy copy = numbers.copies().apply(reading);
            return new Pipeline.Copy(copy.scan(), new Texts(copy.top(), shift));
        });
        return BatchInput.drain(
                new HashAggregate(new ParallelAggregate(List.of(texts), () -> grouping, context), grouping, context));
    }

    /** Puts texts of one dictionary for each part into the second column. */
    private static final class Texts implements Operator {
        private final Operator numbers;
        private final int shift;
        private int part = -1;
        private List<Value> dictionary = List.of();

        Texts(Operator numbers, int shift) {
            this.numbers = numbers;
            this.shift = shift;
        }

        @Override
        public RowLayout layout() {
            return numbers.layout();
        }

        @Override
        public boolean advance() {
            return numbers.advance();
        }

        @Override
        public RowBatch batch() {
            RowBatch rows = numbers.batch();
            long[] values = ((Vector.LongVector) rows.column(0)).values();
            if (values[0] / ROWS_OF_A_PART != part) {
                part = (int) (values[0] / ROWS_OF_A_PART);
                dictionary = Vectors.utf8Entries(IntStream.range(0, ENTRIES)
                                .mapToObj(entry -> "trace " + (part * shift + entry))
                                .toArray())
                        .dictionary();
            }
            int[] codes = new int[values.length];
            for (int i = 0; i < codes.length; i++) {
                int row = (int) values[i];
                codes[i] = row % 97 == 5 ? -1 : entry(row);
            }
            return rows.withColumns(List.of(rows.column(0), new Vector.DictionaryVector(codes, dictionary)));
        }

        @Override
        public void close() {
            numbers.close();
        }
    }
}
