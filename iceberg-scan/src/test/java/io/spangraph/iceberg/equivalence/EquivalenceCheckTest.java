package io.spangraph.iceberg.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The comparison of readers notices what readers get wrong, and that soon. */
class EquivalenceCheckTest {
    private static final long FIRST = 20_261_121;
    private static final int TABLES = 40;

    @ParameterizedTest
    @EnumSource
    void aWrongReaderIsNoticed(WrongSource.Fault fault) {
        assertThat(LongStream.range(FIRST, FIRST + TABLES)
                        .filter(seed -> isNoticed(fault, seed))
                        .findFirst())
                .as("a table that shows it")
                .isPresent();
    }

    private static boolean isNoticed(WrongSource.Fault fault, long seed) {
        try (RandomTable table = new RandomTable(seed)) {
            List<GenericRows.Row> rows = GenericRows.read(table.table());
            EquivalenceCheck check = new EquivalenceCheck(
                    table.lake(), new WrongSource(table.lake().source(), fault), rows, new Random(seed));
            RandomQuery.Generator queries =
                    new RandomQuery.Generator(table.random(), GenericRows.columns(table.table()), rows);
            for (int i = 0; i < 3; i++) {
                check.check(queries.next());
            }
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }
}
