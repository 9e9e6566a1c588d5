package io.spangraph.iceberg.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A damaged file gives the right values or says that it is damaged; nothing else, and never anything for long. */
class DamageTest {
    private static final int ROWS = 300;
    private static final int PAGE_ROWS = 120;

    record Case(PrimitiveTypeName type, Encoding encoding, CompressionCodecName codec, boolean second) {
        MemoryFile write(List<?> values, boolean checksums) {
            return new EncodedFile(
                            Types.primitive(type, Repetition.OPTIONAL).named("value"),
                            List.of(encoding),
                            codec,
                            second,
                            false,
                            checksums,
                            PAGE_ROWS)
                    .write(values);
        }

        List<@Nullable Object> values() {
            Random random = new Random(hashCode());
            List<@Nullable Object> values = new ArrayList<>();
            for (int row = 0; row < ROWS; row++) {
                values.add(
                        random.nextInt(5) == 0
                                ? null
                                : switch (type) {
                                    case INT64 -> (Object) random.nextLong(50);
                                    case DOUBLE -> (double) random.nextInt(50);
                                    case BOOLEAN -> random.nextBoolean();
                                    default -> Binary.fromString("text " + random.nextInt(50));
                                });
            }
            return values;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (boolean second : new boolean[] {false, true}) {
            cases.add(new Case(PrimitiveTypeName.INT64, Encoding.PLAIN, CompressionCodecName.SNAPPY, second));
            cases.add(new Case(PrimitiveTypeName.INT64, Encoding.RLE_DICTIONARY, CompressionCodecName.ZSTD, second));
            cases.add(new Case(
                    PrimitiveTypeName.INT64, Encoding.DELTA_BINARY_PACKED, CompressionCodecName.UNCOMPRESSED, second));
            cases.add(
                    new Case(PrimitiveTypeName.DOUBLE, Encoding.BYTE_STREAM_SPLIT, CompressionCodecName.GZIP, second));
            cases.add(new Case(PrimitiveTypeName.BOOLEAN, Encoding.RLE, CompressionCodecName.UNCOMPRESSED, second));
            cases.add(new Case(PrimitiveTypeName.BINARY, Encoding.RLE_DICTIONARY, CompressionCodecName.ZSTD, second));
            cases.add(new Case(PrimitiveTypeName.BINARY, Encoding.PLAIN, CompressionCodecName.LZ4_RAW, second));
            cases.add(new Case(
                    PrimitiveTypeName.BINARY, Encoding.DELTA_BYTE_ARRAY, CompressionCodecName.UNCOMPRESSED, second));
            cases.add(new Case(
                    PrimitiveTypeName.BINARY,
                    Encoding.DELTA_LENGTH_BYTE_ARRAY,
                    CompressionCodecName.UNCOMPRESSED,
                    second));
        }
        return cases.stream();
    }

    /** All rows, or nothing if the file says that it is damaged. */
    private static Optional<List<@Nullable Object>> read(byte[] content, boolean indexed) {
        MemoryFile file = MemoryFile.of(content);
        try (Scratch scratch = new Scratch()) {
            RowGroup group = ParquetFile.read(file).rowGroups().getFirst();
            ColumnChunk chunk = group.chunks().getFirst();
            try (ChunkReader reader = Decoded.reader(file, chunk, indexed, scratch, new DecodeCounts())) {
                List<@Nullable Object> values = new ArrayList<>();
                for (long from = 0; from < group.rows(); from += 100) {
                    values.addAll(Decoded.objects(reader.read(RowRanges.of(from, Math.min(group.rows(), from + 100)))));
                }
                return Optional.of(values);
            }
        } catch (ParquetDamage damage) {
            assertThat(damage).hasMessageContaining("memory.parquet").hasMessageContaining("at byte ");
        } catch (UnsupportedParquet unsupported) {
            assertThat(unsupported).hasMessageContaining("memory.parquet");
        }
        return Optional.empty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFlippedByteNeverChangesValuesThatHaveChecksums(Case shape) {
        List<@Nullable Object> values = shape.values();
        byte[] content = shape.write(values, true).content();
        List<@Nullable Object> expected = new ArrayList<>();
        values.forEach(value -> expected.add(ChunkReaderTest.expected(shape.type(), value)));
        Random random = new Random(shape.hashCode());
        int found = 0;
        for (int at = 0; at < content.length; at++) {
            for (int mask : new int[] {1 << random.nextInt(8), 1 + random.nextInt(255)}) {
                byte[] damaged = content.clone();
                damaged[at] ^= (byte) mask;
                Optional<List<@Nullable Object>> read = read(damaged, at % 2 == 0);
                int place = at;
                read.ifPresent(rows -> assertThat(rows)
                        .as("byte %d of %d flipped by %d in %s", place, content.length, mask, shape)
                        .isEqualTo(expected));
                found += read.isEmpty() ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(content.length);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void withoutChecksumsAFlippedByteIsFoundOrChangesValuesOnly(Case shape) {
        List<@Nullable Object> values = shape.values();
        byte[] content = shape.write(values, false).content();
        Random random = new Random(shape.hashCode());
        for (int at = 0; at < content.length; at++) {
            byte[] damaged = content.clone();
            damaged[at] ^= (byte) (1 + random.nextInt(255));
            read(damaged, at % 2 == 0).ifPresent(rows -> assertThat(rows).hasSize(ROWS));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void severalRandomBytesAreFoundOrChangeValuesOnly(Case shape) {
        byte[] content = shape.write(shape.values(), false).content();
        Random random = new Random(shape.hashCode());
        for (int attempt = 0; attempt < 2_000; attempt++) {
            byte[] damaged = content.clone();
            int from = random.nextInt(content.length);
            for (int at = from; at < Math.min(content.length, from + random.nextInt(1, 9)); at++) {
                damaged[at] = (byte) (random.nextBoolean() ? -1 : random.nextInt());
            }
            // The rows may be fewer or more where the footer says so itself.
            assertThat(read(damaged, attempt % 2 == 0)).isNotNull();
        }
    }

    @Test
    void aTruncatedFileIsDamaged() {
        Case shape = new Case(PrimitiveTypeName.INT64, Encoding.PLAIN, CompressionCodecName.ZSTD, false);
        byte[] content = shape.write(shape.values(), true).content();
        for (int length = 0; length < content.length; length++) {
            MemoryFile file = MemoryFile.of(Arrays.copyOf(content, length));
            assertThatThrownBy(() -> ParquetFile.read(file))
                    .as("%d of %d bytes", length, content.length)
                    .isInstanceOf(ParquetDamage.class)
                    .hasMessageContaining("memory.parquet");
        }
    }
}
