package io.spangraph.iceberg.parquet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.iceberg.parquet.LogicalKind.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole files of parquet-java's own writer: what we read of footer, indexes, filters and values is what it reads. */
class WrittenFileTest {
    private static final int ROWS = 20_000;
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message spans {
              required binary trace_id (STRING) = 1;
              optional binary label (STRING) = 2;
              optional int64 start (TIMESTAMP(MICROS,true)) = 3;
              required group nested = 4 { optional int32 inner = 5; repeated int32 list = 6; }
              optional double score = 7;
              required int32 day (DATE) = 8;
              optional fixed_len_byte_array(16) id (UUID) = 9;
            }
            """);

    private record Row(String trace, int label, long start, boolean scored) {}

    private static List<Row> rows() {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(new Row(
                    "trace-%07d-%s".formatted(i / 10, "x".repeat(30)),
                    random.nextInt(-1, 40),
                    1_000L * i,
                    random.nextBoolean()));
        }
        return rows;
    }

    private static MemoryFile write(WriterVersion version, List<Row> rows) {
        MemoryFile file = new MemoryFile();
        SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file)
                .withConf(new Configuration(false))
                .withType(SCHEMA)
                .withWriterVersion(version)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupRowCountLimit(6_000)
                .withPageRowCountLimit(700)
                .withDictionaryPageSize(8_000)
                .withDictionaryEncoding("score", false)
                .withPageWriteChecksumEnabled(true)
                .withBloomFilterEnabled("trace_id", true)
                .withBloomFilterNDV("trace_id", 1_000)
                .build()) {
            for (Row row : rows) {
                Group group = groups.newGroup();
                group.add("trace_id", row.trace());
                if (row.label() >= 0) {
                    group.add("label", "label " + row.label());
                }
                group.add("start", row.start());
                group.addGroup("nested").append("inner", 1).append("list", 2);
                if (row.scored()) {
                    group.add("score", row.start() / 7.0);
                }
                group.add("day", (int) (row.start() / 1_000_000));
                writer.write(group);
            }
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
        return file;
    }

    private static Object value(String column, Row row) {
        return switch (column) {
            case "trace_id" -> row.trace();
            case "label" -> row.label() < 0 ? "null" : "label " + row.label();
            case "start" -> row.start();
            case "score" -> row.scored() ? row.start() / 7.0 : "null";
            case "day" -> row.start() / 1_000_000;
            default -> "null";
        };
    }

    @ParameterizedTest
    @EnumSource(WriterVersion.class)
    void readsTheValues(WriterVersion version) {
        List<Row> rows = rows();
        MemoryFile file = write(version, rows);
        ParquetFile footer = ParquetFile.read(file);
        assertThat(footer.rows()).isEqualTo(ROWS);
        assertThat(footer.rowGroups()).hasSizeGreaterThan(2);
        Set<Class<?>> kinds = new HashSet<>();
        for (RowGroup group : footer.rowGroups()) {
            for (ColumnChunk chunk : group.chunks()) {
                if (!chunk.leaf().flat()) {
                    assertThat(ChunkReader.unsupported(chunk)).hasValue("a nested or repeated column");
                    continue;
                }
                List<Object> expected =
                        rows.subList((int) group.firstRow(), (int) (group.firstRow() + group.rows())).stream()
                                .map(row -> value(chunk.leaf().name(), row))
                                .toList();
                for (boolean indexed : new boolean[] {false, true}) {
                    List<Object> read = new ArrayList<>();
                    try (Scratch scratch = new Scratch();
                            ChunkReader reader = Decoded.reader(file, chunk, indexed, scratch, new DecodeCounts())) {
                        for (long from = 0; from < group.rows(); from += 999) {
                            ColumnValues values = reader.read(RowRanges.of(from, Math.min(group.rows(), from + 999)));
                            kinds.add(values.getClass());
                            Decoded.objects(values).forEach(value -> read.add(value == null ? "null" : value));
                        }
                    }
                    assertThat(read).as("%s", chunk).isEqualTo(expected);
                }
                assertThat(chunk.nulls())
                        .hasValue(expected.stream().filter("null"::equals).count());
            }
        }
        assertThat(kinds).contains(ColumnValues.Codes.class, ColumnValues.Bytes.class, ColumnValues.Longs.class);
    }

    @ParameterizedTest
    @EnumSource(WriterVersion.class)
    void readsTheFooter(WriterVersion version) {
        ParquetFile footer = ParquetFile.read(write(version, rows()));
        assertThat(footer.hasFieldIds()).isTrue();
        assertThat(footer.leafById(3)).hasValueSatisfying(leaf -> {
            assertThat(leaf.logical()).isEqualTo(new LogicalKind.Timestamp(Unit.MICROS, true));
            assertThat(leaf.physical()).isEqualTo(PhysicalType.INT64);
            assertThat(leaf.optional()).isTrue();
            assertThat(leaf.flat()).isTrue();
        });
        assertThat(footer.leafByPath(List.of("nested", "inner")))
                .hasValueSatisfying(leaf -> assertThat(leaf.flat()).isFalse());
        assertThat(footer.leafById(9)).hasValueSatisfying(leaf -> {
            assertThat(leaf.logical()).isEqualTo(new LogicalKind.Uuid());
            assertThat(leaf.typeLength()).isEqualTo(16);
        });
        assertThat(footer.leaves().getFirst().fieldId()).isEqualTo(OptionalInt.of(1));
        ColumnChunk start = footer.rowGroups().getFirst().chunks().get(2);
        assertThat(start.bounds()).hasValueSatisfying(bounds -> {
            assertThat(LittleEndian.longAt(bounds.min(), 0)).isZero();
            assertThat(LittleEndian.longAt(bounds.max(), 0))
                    .isEqualTo(1_000 * (footer.rowGroups().getFirst().rows() - 1));
            assertThat(bounds.exact()).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource(WriterVersion.class)
    void pageIndexesAreThoseOfParquetJava(WriterVersion version) throws IOException {
        MemoryFile file = write(version, rows());
        ParquetFile footer = ParquetFile.read(file);
        try (ParquetFileReader reader = ParquetFileReader.open(new MemoryInput(file.content()))) {
            for (RowGroup group : footer.rowGroups()) {
                BlockMetaData block = reader.getRowGroups().get(group.ordinal());
                file.forget();
                Map<ColumnChunk, PageIndex> indexes = PageIndex.read(file, group.chunks());
                assertThat(file.reads()).isLessThanOrEqualTo(2);
                for (ColumnChunk chunk : group.chunks()) {
                    ColumnChunkMetaData column =
                            block.getColumns().get(chunk.leaf().index());
                    assertSame(
                            requireNonNull(indexes.get(chunk)),
                            reader.readOffsetIndex(column),
                            reader.readColumnIndex(column),
                            chunk);
                }
            }
        }
    }

    private static void assertSame(PageIndex index, OffsetIndex offsets, ColumnIndex values, ColumnChunk chunk) {
        assertThat(index.pages()).isEqualTo(offsets.getPageCount());
        assertThat(index.order().name()).isEqualTo(values.getBoundaryOrder().name());
        for (int page = 0; page < index.pages(); page++) {
            assertThat(index.firstRow(page)).isEqualTo(offsets.getFirstRowIndex(page));
            assertThat(index.endRow(page)).isEqualTo(offsets.getLastRowIndex(page, chunk.rows()) + 1);
            assertThat(index.offset(page)).isEqualTo(offsets.getOffset(page));
            assertThat(index.size(page)).isEqualTo(offsets.getCompressedPageSize(page));
            assertThat(index.allNull(page)).isEqualTo(values.getNullPages().get(page));
            assertThat(index.nulls(page)).hasValue(values.getNullCounts().get(page));
            if (!index.allNull(page)) {
                byte[] min = new byte[values.getMinValues().get(page).remaining()];
                values.getMinValues().get(page).duplicate().get(min);
                assertThat(index.min(page)).hasValue(min);
                assertThat(index.max(page)).isPresent();
            }
            assertThat(index.pageAt(index.firstRow(page))).isEqualTo(page);
            assertThat(index.pageAt(index.endRow(page) - 1)).isEqualTo(page);
        }
    }

    @ParameterizedTest
    @EnumSource(WriterVersion.class)
    void bloomFiltersAnswerLikeThoseOfParquetJava(WriterVersion version) throws IOException {
        MemoryFile file = write(version, rows());
        ParquetFile footer = ParquetFile.read(file);
        int found = 0;
        int passed = 0;
        try (ParquetFileReader reader = ParquetFileReader.open(new MemoryInput(file.content()))) {
            for (RowGroup group : footer.rowGroups()) {
                ColumnChunk chunk = group.chunks().getFirst();
                var theirs = reader.readBloomFilter(
                        reader.getRowGroups().get(group.ordinal()).getColumns().getFirst());
                BloomFilter ours = BloomFilter.header(file, chunk).orElseThrow();
                for (int trace = 0; trace < ROWS / 5; trace++) {
                    byte[] value =
                            "trace-%07d-%s".formatted(trace, "x".repeat(30)).getBytes(StandardCharsets.UTF_8);
                    file.forget();
                    boolean might = ours.mightContain(file, value);
                    assertThat(file.bytesRead()).isEqualTo(32);
                    long hash = theirs.hash(Binary.fromConstantByteArray(value));
                    assertThat(might).isEqualTo(theirs.findHash(hash));
                    found += might ? 1 : 0;
                    passed += might ? 0 : 1;
                }
                assertThat(BloomFilter.header(file, group.chunks().get(1))).isEmpty();
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(ROWS / 10);
        assertThat(passed).isGreaterThan(ROWS / 20);
    }

    @ParameterizedTest
    @EnumSource(WriterVersion.class)
    void readsOnlyThePagesThatAreAskedFor(WriterVersion version) {
        MemoryFile file = write(version, rows());
        ColumnChunk chunk =
                ParquetFile.read(file).rowGroups().getFirst().chunks().get(2);
        DecodeCounts counts = new DecodeCounts();
        try (Scratch scratch = new Scratch();
                ChunkReader reader = Decoded.reader(file, chunk, true, scratch, counts)) {
            file.forget();
            ColumnValues values = reader.read(RowRanges.builder()
                    .add(5, 6)
                    .add(8, 9)
                    .add(690, 701)
                    .add(3_000, 3_010)
                    .build());
            assertThat(values.rows()).isEqualTo(23);
            assertThat(counts.pagesRead()).isEqualTo(3);
            assertThat(counts.pagesSkipped()).isEqualTo(2);
            long dictionaries = counts.dictionariesRead();
            assertThat(file.reads()).isEqualTo(2 + 2 * dictionaries);
            file.forget();
            assertThat(reader.read(RowRanges.of(3_010, 3_400)).rows()).isEqualTo(390);
            assertThat(counts.pagesRead()).isEqualTo(3);
            assertThat(file.reads()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(WriterVersion.class)
    void findsEntriesOfADictionary(WriterVersion version) {
        MemoryFile file = write(version, rows());
        ColumnChunk chunk =
                ParquetFile.read(file).rowGroups().getFirst().chunks().get(1);
        assertThat(chunk.allDictionary()).isTrue();
        try (Scratch scratch = new Scratch()) {
            Dictionary dictionary =
                    Dictionary.read(file, chunk, scratch, new DecodeCounts()).orElseThrow();
            assertThat(dictionary.size()).isEqualTo(40);
            for (int code = 0; code < dictionary.size(); code++) {
                assertThat(dictionary.find(dictionary.bytes(code))).isEqualTo(code);
            }
            assertThat(dictionary.find("label 40".getBytes(StandardCharsets.UTF_8)))
                    .isNegative();
            assertThat(dictionary.find(new byte[0])).isNegative();
        }
    }
}
