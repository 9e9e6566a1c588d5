package io.spangraph.iceberg.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Cancellation.Reason;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanMonitor.CacheUse;
import io.spangraph.iceberg.cache.KeyIndexes.IndexedColumn;
import io.spangraph.iceberg.cache.ScanCache.Kind;
import io.spangraph.iceberg.cache.ScanCache.Reservation;
import io.spangraph.iceberg.parquet.DecodeCounts;
import io.spangraph.iceberg.parquet.Leaf;
import io.spangraph.iceberg.parquet.ParquetFile;
import io.spangraph.iceberg.parquet.RangeReader;
import io.spangraph.iceberg.parquet.RowGroup;
import io.spangraph.iceberg.parquet.RowRanges;
import io.spangraph.iceberg.parquet.Scratch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyIndexTest {
    private static final int ROWS = 20_000;
    private static final List<String> COLUMNS = List.of("unique_text", "label", "number", "small");

    /** Many values share a hash, as none do with the real one. */
    private static final KeyHash WEAK = new KeyHash() {
        @Override
        public long of(long value) {
            return (value & 7) << 60;
        }

        @Override
        public long of(byte[] bytes, int from, int to) {
            return (long) (from == to ? 0 : bytes[from] & 7) << 60;
        }
    };

    @TempDir
    private static Path folder;

    private static byte[] bytes;
    private static ParquetFile footer;
    /** By column; null where the row has none. */
    private static final List<List<Optional<Object>>> VALUES = new ArrayList<>();

    private long bytesRead;

    @BeforeAll
    static void write() throws Exception {
        Path file = folder.resolve("keys.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("select setseed(0.7)");
            statement.execute("""
                    create table t as select
                      case when i %% 97 = 0 then null else md5((i // 3 + hash(i) %% 5000)::varchar) end as unique_text,
                      case when i %% 11 = 0 then null else 'label ' || (hash(i) %% 40) end as label,
                      case when i %% 13 = 0 then null else (hash(i) %% 3000)::bigint - 1500 end as number,
                      (hash(i) %% 100)::integer as small
                    from range(%d) r(i)""".formatted(ROWS));
            statement.execute("copy t to '" + file + "' (format parquet, row_group_size 6000)");
            for (String column : COLUMNS) {
                List<Optional<Object>> values = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery("select " + column + " from '" + file + "'")) {
                    while (rows.next()) {
                        values.add(Optional.ofNullable(rows.getObject(1)));
                    }
                }
                VALUES.add(values);
            }
        }
        bytes = Files.readAllBytes(file);
        footer = ParquetFile.read(reader(new KeyIndexTest()));
        assertThat(footer.rowGroups()).hasSizeGreaterThan(2);
    }

    private static RangeReader reader(KeyIndexTest test) {
        return new RangeReader() {
            @Override
            public String name() {
                return "keys.parquet";
            }

            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void readFully(long position, byte[] target, int offset, int length) {
                System.arraycopy(bytes, (int) position, target, offset, length);
                test.bytesRead += length;
            }
        };
    }

    private static ScanMonitor monitor() {
        return new ScanMonitor(Cancellation.after(Duration.ofMinutes(1)));
    }

    private IndexedColumn column(String name, ScanMonitor monitor) {
        Leaf leaf = footer.leafByPath(List.of(name)).orElseThrow();
        return new IndexedColumn(
                "keys.parquet 1",
                COLUMNS.indexOf(name),
                footer,
                leaf,
                reader(this),
                monitor,
                new Scratch(),
                new DecodeCounts());
    }

    private static long hash(KeyHash hash, Object value) {
        return switch (value) {
            case Number number -> hash.of(number.longValue());
            case String text -> {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                yield hash.of(utf8, 0, utf8.length);
            }
            default -> throw new IllegalArgumentException(String.valueOf(value));
        };
    }

    @ParameterizedTest
    @CsvSource({
        "unique_text,false",
        "label,false",
        "number,false",
        "small,false",
        "unique_text,true",
        "label,true",
        "number,true",
        "small,true"
    })
    void candidatesHoldAllRowsOfTheKeysAndBeyondThemOnlyCollisions(String name, boolean weak) {
        KeyHash hash = weak ? WEAK : KeyHash.STANDARD;
        ScanCache cache = ScanCache.of(CacheMode.ALL, 64 << 20);
        KeyIndexes indexes = new KeyIndexes(cache, hash);
        assertThat(indexes.of(column(name, monitor()))).isEmpty();
        KeyIndex index = indexes.of(column(name, monitor())).orElseThrow();
        List<Optional<Object>> values = VALUES.get(COLUMNS.indexOf(name));
        Random random = new Random(4);
        int collisions = 0;
        for (int round = 0; round < 60; round++) {
            Set<Object> keys = keys(values, random);
            long[] hashes = keys.stream().mapToLong(key -> hash(hash, key)).toArray();
            for (RowGroup group : footer.rowGroups()) {
                Set<Integer> wanted = new HashSet<>();
                for (int row = 0; row < group.rows(); row++) {
                    if (values.get((int) group.firstRow() + row)
                            .filter(keys::contains)
                            .isPresent()) {
                        wanted.add(row);
                    }
                }
                Set<Integer> candidates = rows(index.candidates(hashes, group));
                assertThat(candidates).containsAll(wanted);
                collisions += candidates.size() - wanted.size();
                candidates.removeIf(row -> values.get((int) group.firstRow() + row)
                        .filter(keys::contains)
                        .isEmpty());
                assertThat(candidates).isEqualTo(wanted);
            }
        }
        assertThat(collisions > 0).isEqualTo(weak);
    }

    /** Up to six values of rows, and one that no row has. */
    private static Set<Object> keys(List<Optional<Object>> values, Random random) {
        Set<Object> keys = new HashSet<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            values.get(random.nextInt(ROWS)).ifPresent(keys::add);
        }
        keys.add(values.get(1).orElseThrow() instanceof String ? (Object) "absent" : (Object) 1_000_000L);
        return keys;
    }

    private static Set<Integer> rows(RowRanges ranges) {
        Set<Integer> rows = new HashSet<>();
        for (int i = 0; i < ranges.size(); i++) {
            IntStream.range((int) ranges.from(i), (int) ranges.to(i)).forEach(rows::add);
        }
        return rows;
    }

    @Test
    void anIndexIsBuiltByTheSecondScanAndKept() {
        ScanCache cache = ScanCache.of(CacheMode.ALL, 64 << 20);
        KeyIndexes indexes = new KeyIndexes(cache);
        ScanMonitor first = monitor();
        assertThat(indexes.of(column("unique_text", first))).isEmpty();
        assertThat(indexes.of(column("unique_text", first))).isEmpty();
        assertThat(indexes.of(column("label", monitor()))).isEmpty();
        assertThat(bytesRead).isZero();

        KeyIndex built = indexes.of(column("unique_text", monitor())).orElseThrow();
        assertThat(bytesRead).isPositive();
        long once = bytesRead;
        ScanMonitor third = monitor();
        assertThat(indexes.of(column("unique_text", third))).containsSame(built);
        assertThat(bytesRead).isEqualTo(once);
        assertThat(third.counts().reader().caches()).containsEntry("key-index", new CacheUse(1, 0));
        assertThat(cache.stats().of(Kind.KEY_INDEX).bytes()).isBetween(8L * ROWS - 8 * ROWS / 97 - 8, 8L * ROWS + 500);
        assertThat(cache.stats().reservedBytes()).isZero();
    }

    @Test
    void anIndexThatWouldTakeMostOfTheBudgetIsNotBuilt() {
        // The index alone would fit; the buffers with which it is built would not.
        ScanCache cache = ScanCache.of(CacheMode.ALL, 10 << 20);
        KeyIndexes indexes = new KeyIndexes(cache);
        for (int i = 0; i < 3; i++) {
            assertThat(indexes.of(column("unique_text", monitor()))).isEmpty();
        }
        assertThat(bytesRead).isZero();
    }

    @Test
    void anIndexIsNotBuiltWhileOthersTakeTheRoomForBuilding() {
        ScanCache cache = ScanCache.of(CacheMode.ALL, 20 << 20);
        KeyIndexes indexes = new KeyIndexes(cache);
        assertThat(indexes.of(column("unique_text", monitor()))).isEmpty();
        Reservation other = cache.reserve(5 << 20).orElseThrow();
        assertThat(indexes.of(column("unique_text", monitor()))).isEmpty();
        other.close();
        assertThat(indexes.of(column("unique_text", monitor()))).isPresent();
    }

    @Test
    void onlyTheModeAllBuildsIndexes() {
        for (CacheMode mode : List.of(CacheMode.OFF, CacheMode.METADATA)) {
            KeyIndexes indexes = new KeyIndexes(ScanCache.of(mode, 64 << 20));
            for (int i = 0; i < 3; i++) {
                assertThat(indexes.of(column("label", monitor()))).isEmpty();
            }
        }
        assertThat(bytesRead).isZero();
    }

    @Test
    void buildingEndsWithItsQuery() {
        ScanCache cache = ScanCache.of(CacheMode.ALL, 64 << 20);
        KeyIndexes indexes = new KeyIndexes(cache);
        assertThat(indexes.of(column("number", monitor()))).isEmpty();
        Cancellation cancellation = Cancellation.after(Duration.ofMinutes(1));
        cancellation.cancel(Reason.KILLED);

        assertThatThrownBy(() -> indexes.of(column("number", new ScanMonitor(cancellation))))
                .isInstanceOf(QueryException.class)
                .hasMessage("The query was cancelled.");
        assertThat(cache.stats().reservedBytes()).isZero();
        assertThat(indexes.of(column("number", monitor()))).isPresent();
    }
}
