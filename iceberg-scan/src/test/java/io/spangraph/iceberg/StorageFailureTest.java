package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.ScanPredicate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and missing files end a query with an error that names them. */
class StorageFailureTest {
    private static final Schema ROWS = new Schema(
            Types.NestedField.required(1, "key", Types.LongType.get()),
            Types.NestedField.optional(2, "text", Types.StringType.get()));

    @TempDir
    private Path folder;

    private TestLake lake;
    private TestTable table;
    private DataFile file;

    @BeforeEach
    void fill() {
        lake = new TestLake(Catalogs.JDBC.open(folder));
        table = lake.create("rows", ROWS);
        file = table.append(LongStream.range(0, 5_000)
                .mapToObj(key -> table.row(key, "text-" + key))
                .toList());
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private QueryException scanError() {
        return catchThrowableOfType(QueryException.class, () -> lake.scan(table, ScanPredicate.TRUE, "key", "text"));
    }

    private void assertCorrupt(QueryException error, String location) {
        assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_CORRUPT);
        assertThat(error)
                .hasMessageStartingWith("File '" + location + "' of table 'lake.silver.rows' is damaged or not what the"
                        + " table's metadata say: ");
        assertThat(error.getMessage()).doesNotContain("Exception", "\tat ");
        assertThat(error.hint()).contains("Restore the file, or roll the table back to a snapshot without it.");
    }

    @Test
    void aFileThatIsNoParquet() throws IOException {
        Files.writeString(Path.of(file.location()), "not parquet at all ".repeat(1_000));

        assertCorrupt(scanError(), file.location());
    }

    @Test
    void aFileThatIsCutOff() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(file.location()));
        Files.write(Path.of(file.location()), Arrays.copyOf(bytes, bytes.length / 2));

        assertCorrupt(scanError(), file.location());
    }

    @Test
    void anEmptyFile() throws IOException {
        Files.write(Path.of(file.location()), new byte[0]);

        assertCorrupt(scanError(), file.location());
    }

    @Test
    void aFileWithDamagedPages() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(file.location()));
        Arrays.fill(bytes, 4, bytes.length * 2 / 3, (byte) 0x5a);
        Files.write(Path.of(file.location()), bytes);

        assertCorrupt(scanError(), file.location());
    }

    @Test
    void aFileThatIsMissing() throws IOException {
        Files.delete(Path.of(file.location()));

        QueryException error = scanError();

        assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_CORRUPT);
        assertThat(error)
                .hasMessageStartingWith(
                        "A file of table 'lake.silver.rows' is missing, while '" + file.location() + "' was read: ");
        assertThat(error.hint())
                .contains(
                        "It was deleted, or its snapshot expired while the query ran: run the query again, and restore"
                                + " the file if the error stays.");
    }

    @Test
    void aManifestThatIsMissing() throws IOException {
        for (var manifest :
                table.table().currentSnapshot().allManifests(table.table().io())) {
            Files.delete(Path.of(manifest.path()));
        }

        QueryException error = scanError();

        assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_CORRUPT);
        assertThat(error)
                .hasMessageStartingWith("Metadata of snapshot "
                        + table.table().currentSnapshot().snapshotId()
                        + " of table 'lake.silver.rows' are missing: ");
    }

    @Test
    void aManifestThatIsDamaged() throws IOException {
        for (var manifest :
                table.table().currentSnapshot().allManifests(table.table().io())) {
            Files.writeString(Path.of(manifest.path()), "not avro");
        }

        QueryException error = scanError();

        assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_CORRUPT);
        assertThat(error).hasMessageContaining("of table 'lake.silver.rows' are damaged: ");
    }

    @Test
    void aFileOfAFormatThatIsNotRead() {
        table.table()
                .newAppend()
                .appendFile(DataFiles.builder(PartitionSpec.unpartitioned())
                        .withPath(table.table().location() + "/data/rows.orc")
                        .withFormat(FileFormat.ORC)
                        .withFileSizeInBytes(100)
                        .withRecordCount(1)
                        .build())
                .commit();

        QueryException error = scanError();

        assertThat(error.code()).isEqualTo(QueryErrorCode.UNSUPPORTED);
        assertThat(error)
                .hasMessage(
                        "File '" + table.table().location() + "/data/rows.orc' of table 'lake.silver.rows' is of the"
                                + " format ORC, which cannot be read.");
    }

    @Test
    void moreFilesOfALargeTableThanTheLimitAreRefused() {
        ScanSettings few = ScanSettings.DEFAULTS.withMaxFilesPerTable(1);
        table.append(table.row(1L, "one"));
        try (IcebergScanSource source =
                IcebergScanSource.over(Map.of(TestLake.CATALOG, Catalogs.JDBC.open(folder)), few)) {
            var snapshot = source.pin(
                            java.util.Set.of(table.name()), new io.spangraph.engine.spi.SnapshotSelector.Current())
                    .of(table.name());
            var request = new io.spangraph.engine.spi.ScanRequest(
                    snapshot,
                    new io.spangraph.engine.spi.Pin.All(),
                    ScanPredicate.TRUE,
                    java.util.List.of("key"),
                    false);

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> source.plan(request))
                    .withMessage(
                            "The query would read more than 1 data files of table 'lake.silver.rows' (scan.max-files).")
                    .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.SCAN_LIMIT));
        }
    }
}
