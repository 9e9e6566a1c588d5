package io.spangraph.iceberg.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.iceberg.IcebergScanSource;
import io.spangraph.iceberg.ScanSettings;
import io.spangraph.model.schema.GraphSchema.CatalogMapping;
import io.spangraph.model.table.TableName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogs open by the settings of a mapping, or say what is wrong with them. */
class IcebergCatalogsTest {
    private static final TableName TABLE = new TableName("lake", List.of("silver"), "spans");
    private static final Schema ROWS = new Schema(Types.NestedField.required(1, "key", Types.LongType.get()));

    @TempDir
    private Path folder;

    private static IcebergScanSource source(String type, Map<String, String> properties) {
        return IcebergScanSource.open(
                Map.of("lake", new CatalogMapping("lake", type, properties)), ScanSettings.DEFAULTS);
    }

    private static QueryException error(String type, Map<String, String> properties) {
        try (IcebergScanSource source = source(type, properties)) {
            return catchThrowableOfType(QueryException.class, () -> source.table(TABLE));
        }
    }

    private Map<String, String> jdbc() {
        return Map.of(
                "uri",
                "jdbc:sqlite:" + folder.resolve("catalog.db"),
                "warehouse",
                folder.resolve("warehouse").toString());
    }

    private void createJdbcCatalog(String name) {
        try (JdbcCatalog catalog = new JdbcCatalog()) {
            Map<String, String> properties = new java.util.HashMap<>(jdbc());
            properties.put("jdbc.schema-version", "V1");
            properties.put("io-impl", LocalFileIO.class.getName());
            catalog.initialize(name, properties);
            catalog.createNamespace(Namespace.of("silver"), Map.of());
            catalog.createTable(TableIdentifier.of("silver", "spans"), ROWS);
        }
    }

    @Test
    void opensAJdbcCatalogOnSqlite() {
        createJdbcCatalog("lake");

        try (IcebergScanSource source = source("jdbc", jdbc())) {
            assertThat(source.table(TABLE).orElseThrow().columnNames()).containsExactly("key");
            assertThat(source.table(new TableName("lake", List.of("bronze"), "spans")))
                    .isEmpty();
        }
    }

    @Test
    void opensAJdbcCatalogUnderAnotherName() {
        createJdbcCatalog("production");
        Map<String, String> properties = new java.util.HashMap<>(jdbc());
        properties.put("catalog-name", "production");

        try (IcebergScanSource source = source("jdbc", properties)) {
            assertThat(source.table(TABLE)).isPresent();
        }
    }

    @Test
    void opensAHadoopCatalog() throws IOException {
        try (HadoopCatalog catalog =
                new HadoopCatalog(new Configuration(), folder.toUri().toString())) {
            catalog.createTable(TableIdentifier.of("silver", "spans"), ROWS);
        }

        try (IcebergScanSource source = source("hadoop", Map.of("warehouse", folder.toString()))) {
            assertThat(source.table(TABLE).orElseThrow().columnNames()).containsExactly("key");
            assertThat(source.neighbours(TABLE)).containsExactly("spans");
        }
    }

    @Test
    void aMissingSqliteFileIsNamedAndNotCreated() {
        QueryException error = error("jdbc", jdbc());

        Path file = folder.resolve("catalog.db");
        assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_UNAVAILABLE);
        assertThat(error)
                .hasMessage("Catalog 'lake' (jdbc, jdbc:sqlite:" + file + ") cannot be read: the file '" + file
                        + "' does not exist.");
        assertThat(error.hint())
                .contains("Check that the database is up, that its uri, user and password are right, and that it holds"
                        + " Iceberg's tables under this catalog name (setting 'catalog-name').");
        assertThat(file).doesNotExist();
    }

    @Test
    void aDatabaseWithoutACatalogIsLeftAsItIs() throws IOException {
        Files.createFile(folder.resolve("catalog.db"));

        QueryException error = error("jdbc", jdbc());

        assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_UNAVAILABLE);
        assertThat(error)
                .hasMessageStartingWith("Catalog 'lake' (jdbc, jdbc:sqlite:")
                .hasMessageContaining("no such table: iceberg_tables");
        assertThat(folder.resolve("catalog.db")).isEmptyFile();
    }

    @Test
    void aServiceThatIsDownIsNamedWithoutItsSecrets() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }

        QueryException error = error(
                "rest",
                Map.of("uri", "http://reader:hunter2@127.0.0.1:" + port + "?token=s3cret", "token", "bearer-of-it"));

        assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_UNAVAILABLE);
        assertThat(error)
                .hasMessageStartingWith(
                        "Catalog 'lake' (rest, http://***@127.0.0.1:" + port + "?token=***) cannot be read: ");
        assertThat(error.getMessage()).doesNotContain("hunter2", "s3cret", "bearer-of-it");
        assertThat(error.hint())
                .contains("Check that the service is up, that the uri is right and that the credential or token is"
                        + " valid.");
    }

    @Test
    void glueNamesTheJarsThatItNeeds() {
        QueryException error = error("glue", Map.of("warehouse", "s3://lake"));

        assertThat(error.code()).isEqualTo(QueryErrorCode.UNSUPPORTED);
        assertThat(error)
                .hasMessage(
                        "Catalog 'lake' (glue) needs the class org.apache.iceberg.aws.glue.GlueCatalog, which is not"
                                + " on the class path.");
        assertThat(error.hint())
                .contains(
                        "Add iceberg-aws-bundle, and failsafe (dev.failsafe), to the class path; they do not ship with"
                                + " Spangraph.");
    }

    @Test
    void tablesOnS3NameTheJarsThatTheyNeed() {
        createJdbcCatalog("lake");
        QueryException error =
                error("jdbc", Map.of("uri", "jdbc:sqlite:" + folder.resolve("catalog.db"), "warehouse", "s3://lake"));

        assertThat(error)
                .hasMessage("Catalog 'lake' (jdbc) needs the class org.apache.iceberg.aws.s3.S3FileIO, which is not on"
                        + " the class path.");
    }

    @Test
    void anUnknownTypeIsNamed() {
        QueryException error = error("jbdc", Map.of());

        assertThat(error).hasMessage("Catalog 'lake' has the unknown type 'jbdc'.");
        assertThat(error.hint()).contains("Known types: glue, hadoop, jdbc, rest. Did you mean 'jdbc'?");
    }

    @Test
    void aMissingSettingIsNamed() {
        assertThat(error("rest", Map.of())).hasMessage("Catalog 'lake' (rest) has no setting 'uri'.");
        assertThat(error("hadoop", Map.of())).hasMessage("Catalog 'lake' (hadoop) has no setting 'warehouse'.");
    }

    @Test
    void aMissingWarehouseIsNamed() {
        Path missing = folder.resolve("nowhere");

        assertThat(error("hadoop", Map.of("warehouse", missing.toString())))
                .hasMessage("Catalog 'lake' (hadoop, " + missing + ") cannot be read: the folder '" + missing
                        + "' does not exist.");
    }

    @Test
    void aCatalogThatNobodyNamedIsNamed() {
        try (IcebergScanSource source = source("hadoop", Map.of("warehouse", folder.toString()))) {
            QueryException error = catchThrowableOfType(
                    QueryException.class, () -> source.table(new TableName("lakes", List.of("silver"), "spans")));

            assertThat(error).hasMessage("There is no catalog 'lakes'.");
            assertThat(error.hint()).contains("The mapping has: lake. Did you mean 'lake'?");
        }
    }

    @Test
    void aCatalogThatWasAwayIsTriedAgain() {
        try (IcebergScanSource source = source("jdbc", jdbc())) {
            assertThat(catchThrowableOfType(QueryException.class, () -> source.table(TABLE)))
                    .isNotNull();
            createJdbcCatalog("lake");

            assertThat(source.table(TABLE)).isPresent();
        }
    }

    @Test
    void aMetadataTableIsNoSource() {
        createJdbcCatalog("lake");
        try (IcebergScanSource source = source("jdbc", jdbc())) {
            TableName files = new TableName("lake", List.of("silver", "spans"), "files");

            assertThat(catchThrowableOfType(QueryException.class, () -> source.table(files)))
                    .hasMessage("'lake.silver.spans.files' is a metadata table of Iceberg, which holds no graph.");
        }
    }
}
