package io.spangraph.iceberg.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What parquet-java's encoders wrote comes back, in every combination, whole, in windows and in any ranges. */
class ChunkReaderTest {
    private static final int ROWS = 2_000;
    private static final int FIXED_LENGTH = 5;
    private static final List<CompressionCodecName> CODECS = List.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4_RAW);
    private static final Map<PrimitiveTypeName, List<Encoding>> ENCODINGS = encodings();

    private static Map<PrimitiveTypeName, List<Encoding>> encodings() {
        Map<PrimitiveTypeName, List<Encoding>> encodings = new EnumMap<>(PrimitiveTypeName.class);
        encodings.put(PrimitiveTypeName.BOOLEAN, List.of(Encoding.PLAIN, Encoding.RLE));
        encodings.put(
                PrimitiveTypeName.INT32, withDictionary(Encoding.DELTA_BINARY_PACKED, Encoding.BYTE_STREAM_SPLIT));
        encodings.put(
                PrimitiveTypeName.INT64, withDictionary(Encoding.DELTA_BINARY_PACKED, Encoding.BYTE_STREAM_SPLIT));
        encodings.put(PrimitiveTypeName.INT96, withDictionary());
        encodings.put(PrimitiveTypeName.FLOAT, withDictionary(Encoding.BYTE_STREAM_SPLIT));
        encodings.put(PrimitiveTypeName.DOUBLE, withDictionary(Encoding.BYTE_STREAM_SPLIT));
        encodings.put(
                PrimitiveTypeName.BINARY, withDictionary(Encoding.DELTA_LENGTH_BYTE_ARRAY, Encoding.DELTA_BYTE_ARRAY));
        encodings.put(
                PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY,
                withDictionary(Encoding.DELTA_BYTE_ARRAY, Encoding.BYTE_STREAM_SPLIT));
        return encodings;
    }

    private static List<Encoding> withDictionary(Encoding... others) {
        return Stream.concat(Stream.of(Encoding.PLAIN, Encoding.RLE_DICTIONARY), Stream.of(others))
                .toList();
    }

    private enum NullPattern {
        REQUIRED,
        NONE,
        FEW,
        HALF,
        ALL,
        RUNS;

        boolean isNull(Random random, int row) {
            return switch (this) {
                case REQUIRED, NONE -> false;
                case FEW -> random.nextInt(97) == 0;
                case HALF -> random.nextBoolean();
                case ALL -> true;
                case RUNS -> row / 130 % 3 == 1;
            };
        }
    }

    record Case(PrimitiveTypeName type, List<Encoding> encodings, NullPattern nulls, int distinct) {
        PrimitiveType column() {
            Repetition repetition = nulls == NullPattern.REQUIRED ? Repetition.REQUIRED : Repetition.OPTIONAL;
            var builder = Types.primitive(type, repetition);
            return (type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY ? builder.length(FIXED_LENGTH) : builder)
                    .named("value");
        }

        List<@Nullable Object> values(Random random) {
            List<@Nullable Object> pool = new ArrayList<>();
            for (int i = 0; i < distinct; i++) {
                pool.add(value(type, random));
            }
            List<@Nullable Object> values = new ArrayList<>();
            for (int row = 0; row < ROWS; row++) {
                // Some stretches repeat one value, so that there are runs as well as packed codes.
                int choice = row / 200 % 3 == 1 ? row / 200 % distinct : random.nextInt(distinct);
                values.add(nulls.isNull(random, row) ? null : pool.get(choice));
            }
            return values;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        ENCODINGS.forEach((type, encodings) -> {
            for (NullPattern nulls : NullPattern.values()) {
                for (Encoding encoding : encodings) {
                    cases.add(new Case(type, List.of(encoding), nulls, 300));
                }
                cases.add(new Case(type, encodings, nulls, 2));
                cases.add(new Case(type, encodings, nulls, ROWS));
            }
        });
        return cases.stream();
    }

    private static Object value(PrimitiveTypeName type, Random random) {
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case INT32 -> random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(1000);
            case INT64 -> random.nextInt(4) == 0 ? random.nextLong() : random.nextLong(1000);
            case FLOAT -> random.nextInt(50) == 0 ? Float.NaN : (float) random.nextGaussian();
            case DOUBLE -> random.nextInt(50) == 0 ? -0.0 : random.nextGaussian();
            case BINARY -> Binary.fromConstantByteArray(bytes(random, random.nextInt(40)));
            case FIXED_LEN_BYTE_ARRAY -> Binary.fromConstantByteArray(bytes(random, FIXED_LENGTH));
            case INT96 -> Binary.fromConstantByteArray(int96(random));
        };
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i < 3 ? 'a' + random.nextInt(2) : random.nextInt());
        }
        return bytes;
    }

    private static byte[] int96(Random random) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(random.nextLong(86_400_000_000_000L))
                .putInt(2_440_588 + random.nextInt(-20_000, 20_000))
                .array();
    }

    /** What the decoder should give for a value as parquet-java takes it. */
    static @Nullable Object expected(PrimitiveTypeName type, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case Binary bytes
            when type == PrimitiveTypeName.INT96 -> {
                ByteBuffer parts = ByteBuffer.wrap(bytes.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
                yield (parts.getInt(8) - 2_440_588L) * 86_400_000_000L + parts.getLong(0) / 1000;
            }
            case Binary bytes -> Decoded.text(bytes.getBytes());
            default -> value;
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasWritten(Case shape) {
        Random random = new Random(shape.hashCode());
        int combination = 0;
        for (CompressionCodecName codec : CODECS) {
            for (boolean second : new boolean[] {false, true}) {
                combination++;
                List<@Nullable Object> values = shape.values(random);
                MemoryFile file = new EncodedFile(
                                shape.column(),
                                shape.encodings(),
                                codec,
                                second,
                                combination % 3 == 0,
                                combination % 2 == 0,
                                List.of(17, 63, 400, 1000, 10_000).get(random.nextInt(5)))
                        .write(values);
                List<@Nullable Object> expected = new ArrayList<>();
                values.forEach(value -> expected.add(expected(shape.type(), value)));
                assertThat(Decoded.all(file))
                        .as("%s %s second=%s", shape, codec, second)
                        .isEqualTo(expected);
                for (boolean indexed : new boolean[] {false, true}) {
                    assertRanges(file, expected, indexed, random);
                }
            }
        }
    }

    private static void assertRanges(MemoryFile file, List<@Nullable Object> expected, boolean indexed, Random random) {
        ColumnChunk chunk =
                ParquetFile.read(file).rowGroups().getFirst().chunks().getFirst();
        try (Scratch scratch = new Scratch();
                ChunkReader reader = Decoded.reader(file, chunk, indexed, scratch, new DecodeCounts())) {
            if (random.nextBoolean()) {
                reader.readAhead(RowRanges.all(ROWS));
            }
            int longest = 1 << random.nextInt(1, 9);
            long window = 0;
            while (window < ROWS) {
                long end = Math.min(ROWS, window + random.nextInt(1, ROWS));
                RowRanges.Builder ranges = RowRanges.builder();
                List<@Nullable Object> wanted = new ArrayList<>();
                for (long from = window + random.nextInt(longest); from < end; ) {
                    long to = Math.min(end, from + random.nextInt(1, longest + 1));
                    ranges.add(from, to);
                    wanted.addAll(expected.subList((int) from, (int) to));
                    from = to + random.nextInt(2 * longest);
                }
                assertThat(Decoded.objects(reader.read(ranges.build()))).isEqualTo(wanted);
                window = end;
            }
        }
    }
}
