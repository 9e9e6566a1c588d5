package io.spangraph.iceberg;

import io.spangraph.iceberg.catalog.LocalFileIO;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** The catalogs that the contract is held on. */
enum Catalogs {
    IN_MEMORY {
        @Override
        Catalog open(Path folder) {
            InMemoryCatalog catalog = new InMemoryCatalog();
            catalog.initialize(TestLake.CATALOG, Map.of());
            return catalog;
        }
    },
    JDBC {
        @Override
        Catalog open(Path folder) {
            JdbcCatalog catalog = new JdbcCatalog();
            catalog.initialize(
                    TestLake.CATALOG,
                    Map.of(
                            "uri",
                            "jdbc:sqlite:" + folder.resolve("catalog.db"),
                            "warehouse",
                            folder.resolve("warehouse").toString(),
                            "jdbc.schema-version",
                            "V1",
                            "io-impl",
                            LocalFileIO.class.getName()));
            return catalog;
        }
    };

    abstract Catalog open(Path folder);
}
