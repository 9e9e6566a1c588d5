package io.spangraph.engine.exec.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.SpillSpace;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.TextEntries;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.Value.VertexId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put aside comes back the same, whatever its type and form; memory and disk are given back. */
class SpillFileTest {
    private static final VertexId ANN = new VertexId("Person", Optional.of("acme"), List.of(Value.of("ann")));
    private static final VertexId TRACE = new VertexId("Trace", Optional.empty(), List.of(Value.of(7), Value.NULL));
    private static final NodeValue NODE = new NodeValue(ANN, List.of("Person", "Admin"), Map.of("age", Value.of(41)));
    private static final RelationshipValue EDGE = new RelationshipValue(
            new EdgeId("KNOWS", Optional.of("acme"), List.of(Value.of("f.parquet"), Value.of(3))),
            "KNOWS",
            ANN,
            TRACE,
            Map.of("since", Value.of(1.5)));

    @TempDir
    private Path directory;

    private SpillSpace space = SpillSpace.NONE;
    private QueryContext context = BatchInput.context();

    @BeforeEach
    void open() throws IOException {
        space = SpillSpace.open(directory, 1L << 30);
        context = BatchInput.context(1L << 24, space);
    }

    @AfterEach
    void nothingIsHeldAnyMore() {
        assertThat(space.bytesInUse()).isZero();
        assertThat(context.memory().reservedBytes()).isZero();
        space.close();
        assertThat(directory).isDirectoryNotContaining("glob:**/spangraph-*");
    }

    static List<Value> everyType() {
        Map<String, Value> map = new LinkedHashMap<>();
        map.put("b", Value.of(List.of(Value.NULL, Value.of("x"))));
        map.put("a", new Value.MapValue(Map.of()));
        return List.of(
                Value.NULL,
                Value.TRUE,
                Value.FALSE,
                Value.of(0),
                Value.of(Long.MIN_VALUE),
                Value.of(Long.MAX_VALUE),
                Value.of(-0.0),
                Value.of(Double.NaN),
                Value.of(Double.MIN_VALUE),
                Value.of(""),
                Value.of("plain"),
                Value.of("Größe 😀"),
                Value.of("half a pair \ud83d and \ude00 its other half?"),
                Value.of("\ud83d"),
                new Value.BytesValue(new byte[0]),
                new Value.BytesValue(new byte[] {1, -1, 0}),
                new Value.DateValue(LocalDate.of(-999_999, 1, 1)),
                new Value.DateValue(LocalDate.of(2026, 2, 28)),
                new Value.LocalTimeValue(LocalTime.MAX),
                new Value.TimeValue(OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHoursMinutes(-5, -30))),
                new Value.LocalDateTimeValue(LocalDateTime.MIN),
                new Value.LocalDateTimeValue(LocalDateTime.MAX),
                new Value.DateTimeValue(
                        ZonedDateTime.of(LocalDateTime.of(2026, 10, 25, 2, 30, 0, 7), ZoneId.of("Europe/Berlin"))),
                new Value.DateTimeValue(
                        ZonedDateTime.of(LocalDateTime.of(2026, 10, 25, 2, 30), ZoneId.of("Europe/Berlin"))
                                .withLaterOffsetAtOverlap()),
                new Value.DateTimeValue(ZonedDateTime.of(LocalDateTime.of(1, 1, 1, 0, 0), ZoneOffset.ofHours(2))),
                new Value.DurationValue(-1, 2, Long.MIN_VALUE, -999_999_999),
                Value.of(List.of()),
                Value.of(List.of(Value.of(List.of(Value.of(1))), Value.NULL)),
                new Value.MapValue(map),
                NODE,
                EDGE,
                new Value.PathValue(List.of(NODE, NODE), List.of(EDGE)),
                new Value.PathValue(List.of(NODE), List.of()));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void everyValueComesBackTheSame(Value value) {
        Vector asValues = new Vector.ValueVector(new Value[] {value, Value.NULL, value});
        Vector asConstant = new Vector.ConstantVector(value, 3);
        RowBatch back = roundTrip(RowBatch.of(List.of(asValues, asConstant), 3)).getFirst();
        assertThat(BatchInput.rows(back))
                .containsExactly(List.of(value, value), List.of(Value.NULL, value), List.of(value, value));
        assertThat(back.column(1)).isInstanceOf(Vector.ConstantVector.class);
    }

    @Test
    void theOrderOfMapsStays() {
        Value.MapValue map = (Value.MapValue) everyType().stream()
                .filter(Value.MapValue.class::isInstance)
                .findFirst()
                .orElseThrow();
        RowBatch back = roundTrip(RowBatch.of(List.of(new Vector.ConstantVector(map, 1)), 1))
                .getFirst();
        assertThat(List.copyOf(((Value.MapValue) back.value(0, 0)).entries().keySet()))
                .containsExactly("b", "a");
    }

    @ParameterizedTest
    @EnumSource(LongKind.class)
    void longsComeBackWhateverTheirRange(LongKind kind) {
        long[][] ranges = {
            {},
            {5},
            {-3, -3, -3},
            {0, 255, 256, 65_536},
            {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1},
            {Long.MAX_VALUE - 1, Long.MAX_VALUE},
            {-1L << 40, 1L << 40}
        };
        for (long[] values : ranges) {
            BitSet nulls = new BitSet();
            if (values.length > 2) {
                nulls.set(1);
            }
            Vector.LongVector longs = new Vector.LongVector(values, NullMask.of(nulls), kind);
            List<RowBatch> back = roundTrip(RowBatch.of(List.of(longs), values.length));
            if (values.length == 0) {
                assertThat(back).isEmpty();
                continue;
            }
            Vector.LongVector read = (Vector.LongVector) back.getFirst().column(0);
            assertThat(read.values()).containsExactly(values);
            assertThat(read.kind()).isEqualTo(kind);
            assertThat(IntStream.range(0, values.length).filter(read::isNull))
                    .containsExactlyElementsOf(nulls.stream().boxed().toList());
        }
    }

    @Test
    void aDictionaryKeepsOnlyWhatOccurs() {
        List<Value> dictionary = IntStream.range(0, 100_000)
                .mapToObj(i -> Value.of("text number " + i))
                .toList();
        RowBatch rows =
                RowBatch.of(List.of(new Vector.DictionaryVector(new int[] {99_999, -1, 5, 99_999, 0}, dictionary)), 5);
        try (HeldMemory memory = new HeldMemory(context.memory(), "test");
                SpillFile file = new SpillFile(context, memory)) {
            file.append(rows.select(new int[] {3, 1, 0, 2}));
            file.finish();
            assertThat(file.bytes()).isLessThan(100);
            Vector.DictionaryVector back =
                    (Vector.DictionaryVector) batches(file).getFirst().column(0);
            assertThat(back.dictionary()).containsExactly(Value.of("text number 99999"), Value.of("text number 5"));
            assertThat(back.codes()).containsExactly(0, -1, 0, 1);
        }
    }

    @Test
    void textsComeBackAsTexts() {
        byte[] utf8 = "abüx".getBytes(StandardCharsets.UTF_8);
        BitSet nulls = new BitSet();
        nulls.set(2);
        Vector texts = new Vector.TextVector(utf8, new int[] {0, 2, 4, 4, 5}, NullMask.of(nulls));
        RowBatch back = roundTrip(RowBatch.of(List.of(texts), 4).select(new int[] {1, 2, 3}))
                .getFirst();
        assertThat(back.column(0)).isInstanceOf(Vector.TextVector.class);
        assertThat(BatchInput.rows(back))
                .containsExactly(BatchInput.row("ü"), BatchInput.row(Value.NULL), BatchInput.row("x"));
    }

    @Test
    void entriesThatLieAsBytesComeBackAsBytes() {
        Vector texts = Vectors.utf8Entries("left", "Größe 😀", Vectors.NULL, "", "Größe 😀", "out");
        RowBatch back = roundTrip(RowBatch.of(List.of(texts), 6).select(new int[] {1, 2, 3, 4}))
                .getFirst();
        assertThat(((Vector.DictionaryVector) back.column(0)).dictionary())
                .isInstanceOf(TextEntries.class)
                .containsExactly(Value.of("Größe 😀"), Value.of(""));
        assertThat(BatchInput.rows(back))
                .containsExactly(
                        BatchInput.row("Größe 😀"),
                        BatchInput.row(Value.NULL),
                        BatchInput.row(""),
                        BatchInput.row("Größe 😀"));
    }

    @Test
    void textsHaveOneHashWhateverTheirForm() {
        Object[] texts = {"plain", "Größe 😀", "", Vectors.NULL, "plain", "plain", "e2b1-77"};
        int[] all = IntStream.range(0, texts.length).toArray();
        int[] expected = KeyHashes.of(List.of(Vectors.values(texts)), all, 3);
        assertThat(KeyHashes.of(List.of(Vectors.texts(texts)), all, 3)).containsExactly(expected);
        assertThat(KeyHashes.of(List.of(Vectors.utf8(texts)), all, 3)).containsExactly(expected);
        assertThat(KeyHashes.of(List.of(Vectors.utf8Entries(texts)), all, 3)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomBatchesComeBackInOrder(long seed) {
        RandomVectors vectors = new RandomVectors(seed);
        Random random = new Random(seed);
        List<RandomVectors.Form> forms =
                IntStream.range(0, 5).mapToObj(i -> vectors.anyForm()).toList();
        List<List<Value>> expected = new ArrayList<>();
        try (HeldMemory memory = new HeldMemory(context.memory(), "test");
                SpillFile file = new SpillFile(context, memory)) {
            for (int i = 0; i < 30; i++) {
                int rows = random.nextInt(9_000);
                RowBatch batch = RowBatch.of(
                        forms.stream()
                                .map(form -> vectors.vector(form, rows, 50))
                                .toList(),
                        rows);
                RowBatch some = random.nextBoolean() ? batch : BatchInput.selectSome(batch, random);
                expected.addAll(BatchInput.rows(some));
                file.append(some);
            }
            file.finish();
            assertThat(file.rows()).isEqualTo(expected.size());
            assertThat(space.bytesInUse()).isEqualTo(file.bytes());
            for (int reading = 0; reading < 2; reading++) {
                List<List<Value>> back = new ArrayList<>();
                batches(file).forEach(batch -> back.addAll(BatchInput.rows(batch)));
                assertThat(back).isEqualTo(expected);
            }
        }
    }

    @Test
    void rowsOfManyMegabytesBecomeBlocksOfTheirOwn() {
        String large = "x".repeat(3 << 20);
        Vector rows = Vectors.values(large + "1", large + "2", "small", large + "3");
        List<RowBatch> back = roundTrip(RowBatch.of(List.of(rows), 4));
        assertThat(back).hasSizeGreaterThan(1);
        assertThat(back.stream().flatMap(batch -> BatchInput.rows(batch).stream()))
                .containsExactlyElementsOf(BatchInput.rows(RowBatch.of(List.of(rows), 4)));
    }

    @Test
    void theBoundOfAllQueriesIsNamed() throws IOException {
        SpillSpace small = SpillSpace.open(directory, 100_000);
        QueryContext first = BatchInput.context(1L << 20, small);
        QueryContext second = BatchInput.context(1L << 20, small);
        try (HeldMemory memory = new HeldMemory(first.memory(), "Sort");
                HeldMemory others = new HeldMemory(second.memory(), "Sort");
                SpillFile file = new SpillFile(first, memory);
                SpillFile other = new SpillFile(second, others)) {
            file.append(distinctLongs(4_000));
            file.finish();
            other.append(distinctLongs(4_000));
            other.finish();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10; i++) {
                            other.append(distinctLongs(4_000));
                        }
                    })
                    .isInstanceOfSatisfying(QueryException.class, error -> {
                        assertThat(error.code()).isEqualTo(QueryErrorCode.SPILL_LIMIT);
                        assertThat(error).hasMessageContaining("100000 bytes").hasMessageContaining("spill.bytes");
                        assertThat(error.hint().orElseThrow()).contains("raise spill.bytes");
                    });
            assertThat(small.bytesInUse()).isLessThanOrEqualTo(100_000).isGreaterThan(0);
            assertThat(small.queries()).isEqualTo(2);
        }
        assertThat(small.bytesInUse()).isZero();
        assertThat(small.bytesWritten()).isGreaterThan(0);
        small.close();
    }

    private static RowBatch distinctLongs(int rows) {
        Random random = new Random(rows);
        long[] values = random.longs(rows).toArray();
        return RowBatch.of(List.of(new Vector.LongVector(values, NullMask.NONE, LongKind.INTEGER)), rows);
    }

    private List<RowBatch> roundTrip(RowBatch batch) {
        try (HeldMemory memory = new HeldMemory(context.memory(), "test");
                SpillFile file = new SpillFile(context, memory)) {
            file.append(batch);
            file.finish();
            return batches(file);
        }
    }

    private static List<RowBatch> batches(SpillFile file) {
        List<RowBatch> batches = new ArrayList<>();
        try (SpillReader reader = file.read()) {
            while (reader.advance()) {
                batches.add(reader.batch());
            }
        }
        return batches;
    }
}
