package io.spangraph.bench.jmh;

import io.spangraph.iceberg.parquet.ColumnValues;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time per value of one column, from the bytes of its pages to typed arrays, for each way a column may be written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecoderBenchmark {
    /** What is decoded. */
    public enum Column {
        /** Codes of 6 bits: bit unpacking and little else. */
        LABELS(
                Types.StringType.get(),
                WriterVersion.PARQUET_1_0,
                "uncompressed",
                true,
                random -> Optional.of("label-" + random.nextInt(60))),
        LABELS_WITH_NULLS(
                Types.StringType.get(),
                WriterVersion.PARQUET_1_0,
                "uncompressed",
                true,
                random -> some(random, "label-" + random.nextInt(60))),
        /** A text for some rows each: codes of 12 bits in runs. */
        TRACES(
                Types.StringType.get(),
                WriterVersion.PARQUET_1_0,
                "uncompressed",
                true,
                random -> Optional.of("trace-" + random.nextInt(4_000))),
        LONGS(
                Types.LongType.get(),
                WriterVersion.PARQUET_1_0,
                "uncompressed",
                false,
                random -> Optional.of(random.nextLong())),
        LONGS_WITH_NULLS(
                Types.LongType.get(),
                WriterVersion.PARQUET_1_0,
                "uncompressed",
                false,
                random -> some(random, random.nextLong())),
        LONGS_DELTA(
                Types.LongType.get(),
                WriterVersion.PARQUET_2_0,
                "uncompressed",
                false,
                random -> Optional.of(1_762_646_400_000L + random.nextInt(86_400_000))),
        LONGS_SNAPPY(
                Types.LongType.get(),
                WriterVersion.PARQUET_1_0,
                "snappy",
                false,
                random -> Optional.of(1_762_646_400_000L + random.nextInt(86_400_000))),
        LONGS_ZSTD(
                Types.LongType.get(),
                WriterVersion.PARQUET_1_0,
                "zstd",
                false,
                random -> Optional.of(1_762_646_400_000L + random.nextInt(86_400_000))),
        TEXTS(
                Types.StringType.get(),
                WriterVersion.PARQUET_1_0,
                "uncompressed",
                false,
                random -> Optional.of("text-" + random.nextLong())),
        TEXTS_DELTA(
                Types.StringType.get(),
                WriterVersion.PARQUET_2_0,
                "uncompressed",
                false,
                random -> Optional.of("text-" + random.nextLong()));

        private static final long SEED = 42;
        private static final int NULL_PER_CENT = 45;

        private final Type type;
        private final WriterVersion pages;
        private final String codec;
        private final boolean dictionary;
        private final Draw draw;

        /** One value of the column. */
        private interface Draw {
            Optional<?> next(SplittableRandom random);
        }

        Column(Type type, WriterVersion pages, String codec, boolean dictionary, Draw draw) {
            this.type = type;
            this.pages = pages;
            this.codec = codec;
            this.dictionary = dictionary;
            this.draw = draw;
        }

        private static Optional<?> some(SplittableRandom random, Object value) {
            return random.nextInt(100) < NULL_PER_CENT ? Optional.empty() : Optional.of(value);
        }

        SampleColumn write() {
            SplittableRandom random = new SplittableRandom(SEED);
            IntFunction<Optional<?>> values = row -> draw.next(random);
            return SampleColumn.of(type, pages, codec, dictionary, values);
        }
    }

    @Param
    @SuppressWarnings("NullAway.Init") // JMH sets it
    public Column column;

    @SuppressWarnings("NullAway.Init") // set before the first run
    private SampleColumn sample;

    @Setup
    public void write() {
        sample = column.write();
    }

    @Benchmark
    @OperationsPerInvocation(SampleColumn.ROWS)
    public ColumnValues decode() {
        return sample.decode();
    }
}
