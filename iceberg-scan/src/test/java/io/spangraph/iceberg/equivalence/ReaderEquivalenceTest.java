package io.spangraph.iceberg.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scans and fetches of random tables give exactly what Iceberg's generic reader gives, and where it can read the files
 * what DuckDB gives: 100 tables, or 5,000 with {@code -Dfull=true}, each asked three times. One again:
 * {@code -Dequivalence.table=N}.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReaderEquivalenceTest {
    private static final long FIRST = Long.getLong("equivalence.first", 20_261_121);
    private static final int TABLES =
            Integer.getInteger("equivalence.tables", Boolean.getBoolean("full") ? 5_000 : 100);
    private static final int QUERIES = 3;
    private static final int SHARD = Math.clamp(TABLES / 4, 1, 50);

    /** What all cases together did, so that a generator that makes nothing of interest is noticed. */
    private final LongAdder tables = new LongAdder();

    private final LongAdder answers = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder readByDuckDb = new LongAdder();
    private final LongAdder filesRead = new LongAdder();
    private final LongAdder filesDecoded = new LongAdder();

    /** The first table of each shard. */
    static LongStream shards() {
        return Long.getLong("equivalence.table") instanceof Long one
                ? LongStream.of(one)
                : LongStream.iterate(FIRST, first -> first < FIRST + TABLES, first -> first + SHARD);
    }

    @ParameterizedTest
    @MethodSource("shards")
    void scansAnswerWhatIcebergsOwnReaderAnswers(long first, @TempDir Path folder) throws SQLException {
        long end = Long.getLong("equivalence.table") instanceof Long one
                ? one + 1
                : Math.min(first + SHARD, FIRST + TABLES);
        System.out.println(
                "equivalence of readers: tables " + first + " to " + (end - 1) + ", " + QUERIES + " queries each");
        try (DuckDbRows duckDb = new DuckDbRows(folder)) {
            LongStream.range(first, end).forEach(seed -> check(seed, duckDb));
        }
    }

    @AfterAll
    void theGeneratorMadeEnoughOfInterest() {
        System.out.println(tables + " tables, " + rows + " rows in them, " + answers + " answers with rows, "
                + readByDuckDb + " files read by DuckDB as well, " + filesRead + " files read by scans, " + filesDecoded
                + " of them decoded without Iceberg's reader");
        if (tables.sum() > TABLES) {
            assertThat(answers.sum()).isGreaterThan(TABLES);
            assertThat(filesDecoded.sum()).isBetween(filesRead.sum() * 3 / 4, filesRead.sum() - 1);
            assertThat(readByDuckDb.sum()).isGreaterThan(TABLES / 20);
        }
    }

    /** Milliseconds beside a nested column: Iceberg's reader must not skip by bounds that it takes for microseconds. */
    @ParameterizedTest
    @ValueSource(longs = 90_098)
    void tablesThatOnceShowedADefect(long seed, @TempDir Path folder) throws SQLException {
        try (DuckDbRows duckDb = new DuckDbRows(folder)) {
            check(seed, duckDb);
        }
    }

    private void check(long seed, DuckDbRows duckDb) {
        try (RandomTable table = new RandomTable(seed)) {
            String query = "reading all";
            try {
                List<GenericRows.Row> held = GenericRows.read(table.table());
                tables.increment();
                rows.add(held.size());
                if (table.isPlain()) {
                    readByDuckDb.add(duckDb.check(table, held));
                }
                RandomQuery.Generator queries =
                        new RandomQuery.Generator(table.random(), GenericRows.columns(table.table()), held);
                EquivalenceCheck check =
                        new EquivalenceCheck(table.lake(), table.lake().source(), held, new Random(seed));
                for (int i = 0; i < QUERIES; i++) {
                    RandomQuery next = queries.next();
                    query = next.toString();
                    check.check(next);
                    if (table.random().nextInt(3) == 0) {
                        check.check(next);
                    }
                }
                answers.add(check.answers());
                filesRead.add(check.filesRead());
                filesDecoded.add(check.thinFiles());
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n  " + query + "\n  " + table, e);
            }
        } catch (RuntimeException | AssertionError e) {
            String made = "table " + seed + " (-Dequivalence.table=" + seed + "): " + e.getMessage();
            System.out.println(made);
            if (Long.getLong("equivalence.table") != null) {
                e.printStackTrace(System.out);
            }
            throw new AssertionError(made, e);
        }
    }
}
