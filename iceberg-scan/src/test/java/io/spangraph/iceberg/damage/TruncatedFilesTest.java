package io.spangraph.iceberg.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.iceberg.damage.DamagedTable.Question;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Files that end too early, are gone, are longer than they should be, or hold something else. */
@Execution(ExecutionMode.CONCURRENT)
class TruncatedFilesTest {
    private static final int STEP = Boolean.getBoolean("full") ? 1 : 29;

    private DamagedTable table;

    @BeforeEach
    void make() {
        table = new DamagedTable(DamagedTable.layout(WriterVersion.PARQUET_2_0, CompressionCodecName.ZSTD, true));
    }

    @AfterEach
    void close() {
        table.close();
    }

    private void put(byte[] content) {
        table.lake().storage().put(table.file().location(), content);
    }

    private void assertError(String what) {
        for (Question question : Question.values()) {
            assertThat(table.ask(question, what)).as("%s, %s", what, question).isEmpty();
        }
    }

    @Test
    void aFileThatEndsTooEarlyIsAnError() {
        byte[] content = table.content();
        for (int length = 0; length < content.length; length += STEP) {
            put(Arrays.copyOf(content, length));
            assertError("cut to " + length);
        }
    }

    @Test
    void aFileThatStartsTooLateIsAnError() {
        byte[] content = table.content();
        for (int from = 1; from < content.length; from += STEP) {
            put(Arrays.copyOfRange(content, from, content.length));
            assertError("without the first " + from + " bytes");
        }
    }

    @Test
    void aFileThatIsMissingIsAnErrorThatSaysSo() {
        table.lake().storage().remove(table.file().location());

        assertError("missing");
        QueryException error = catchThrowableOfType(
                QueryException.class, () -> table.lake().scan(ScanPredicate.TRUE, DamagedTable.COLUMNS));
        assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_CORRUPT);
        assertThat(error)
                .hasMessageStartingWith("A file of table 'lake.silver.rows' is missing, while '"
                        + table.file().location() + "' was read: ");
    }

    @Test
    void blocksOfZerosOrNoiseAreAnErrorOrDoNotMatter() {
        Random random = new Random(11);
        int runs = Boolean.getBoolean("full") ? 2_000 : 100;
        for (int run = 0; run < runs; run++) {
            byte[] content = table.content();
            int from = random.nextInt(content.length);
            int to = Math.min(content.length, from + 1 + random.nextInt(200));
            byte[] block = new byte[to - from];
            if (random.nextBoolean()) {
                random.nextBytes(block);
            }
            System.arraycopy(block, 0, content, from, block.length);
            put(content);
            for (Question question : Question.values()) {
                // That it ends, and how, is what is asked; answers are the matter of single bytes.
                table.ask(question, "bytes " + from + " to " + to);
            }
        }
    }

    @Test
    void anotherFileInItsPlaceIsAnErrorOrAnswersForItself() {
        byte[] content = table.content();
        byte[] twice = Arrays.copyOf(content, 2 * content.length);
        System.arraycopy(content, 0, twice, content.length, content.length);
        put(twice);
        assertThat(table.ask(Question.WHOLE, "twice").orElse(Question.WHOLE.rows()))
                .isEqualTo(Question.WHOLE.rows());

        byte[] noise = new byte[content.length];
        new Random(5).nextBytes(noise);
        put(noise);
        assertError("noise");
    }
}
