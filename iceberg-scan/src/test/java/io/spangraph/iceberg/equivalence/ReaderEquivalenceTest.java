package io.spangraph.iceberg.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scans and fetches of random tables give exactly what Iceberg's generic reader gives, and where it can read the files
 * what DuckDB gives. Each table is asked several times. One again: {@code -Dequivalence.table=N}.
 */
class ReaderEquivalenceTest {
    private static final long FIRST = Long.getLong("equivalence.first", 20_261_121);
    private static final int TABLES =
            Integer.getInteger("equivalence.tables", Boolean.getBoolean("full") ? 5_000 : 100);
    private static final int QUERIES = 3;

    @TempDir
    private Path folder;

    /** What all cases together did, so that a generator that makes nothing of interest is noticed. */
    private long answers;

    private long rows;
    private long readByDuckDb;
    private long filesRead;
    private long filesDecoded;

    @Test
    void scansAnswerWhatIcebergsOwnReaderAnswers() throws SQLException {
        System.out.println("equivalence of readers: tables " + FIRST + " to " + (FIRST + TABLES - 1) + ", " + QUERIES
                + " queries each");
        try (DuckDbRows duckDb = new DuckDbRows(folder)) {
            if (Long.getLong("equivalence.table") instanceof Long one) {
                check(one, duckDb);
                return;
            }
            LongStream.range(FIRST, FIRST + TABLES).forEach(seed -> check(seed, duckDb));
        }
        System.out.println(rows + " rows in tables, " + answers + " answers with rows, " + readByDuckDb
                + " files read by DuckDB as well, " + filesRead + " files read by scans, " + filesDecoded
                + " of them decoded without Iceberg's reader");
        assertThat(answers).isGreaterThan(TABLES);
        assertThat(filesDecoded).isBetween(filesRead * 3 / 4, filesRead - 1);
        assertThat(readByDuckDb).isGreaterThan(TABLES / 20);
    }

    /** Milliseconds beside a nested column: Iceberg's reader must not skip by bounds that it takes for microseconds. */
    @ParameterizedTest
    @ValueSource(longs = 90_098)
    void tablesThatOnceShowedADefect(long seed) throws SQLException {
        try (DuckDbRows duckDb = new DuckDbRows(folder)) {
            check(seed, duckDb);
        }
    }

    private void check(long seed, DuckDbRows duckDb) {
        try (RandomTable table = new RandomTable(seed)) {
            String query = "reading all";
            try {
                List<GenericRows.Row> held = GenericRows.read(table.table());
                rows += held.size();
                if (table.isPlain()) {
                    readByDuckDb += duckDb.check(table, held);
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
                answers += check.answers();
                filesRead += check.filesRead();
                filesDecoded += check.thinFiles();
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
