package io.spangraph.iceberg.catalog;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.DidYouMean;
import io.spangraph.model.schema.GraphSchema.CatalogMapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Turns the settings of a catalog into an open one, and checks first what the libraries would only answer with a stack
 * trace: an unknown type, a missing setting, a jar that does not ship, an SQLite file that is not there.
 */
final class CatalogOpener {
    private static final List<String> TYPES = List.of("glue", "hadoop", "jdbc", "rest");
    private static final String SQLITE = "jdbc:sqlite:";
    /** The name under which a JDBC catalog keeps its tables, where it is not the one that the mapping uses. */
    private static final String CATALOG_NAME = "catalog-name";

    private CatalogOpener() {}

    static Catalog open(CatalogMapping mapping) {
        Map<String, String> properties = new HashMap<>(mapping.properties());
        String className = prepare(mapping, properties);
        requireClass(mapping, className);
        chooseFileIo(mapping, properties);
        String name = properties.getOrDefault(CATALOG_NAME, mapping.name());
        properties.remove(CATALOG_NAME);
        try {
            return CatalogUtil.loadCatalog(className, name, properties, hadoopConfiguration(properties));
        } catch (RuntimeException | LinkageError e) {
            throw CatalogErrors.unavailable(mapping, e);
        }
    }

    /** To load it takes as long as to open the catalog, so it is left out where nothing of Hadoop is used. */
    private static @Nullable Configuration hadoopConfiguration(Map<String, String> properties) {
        boolean local = LocalFileIO.class.getName().equals(properties.get(CatalogProperties.FILE_IO_IMPL));
        return local ? null : new Configuration();
    }

    /** Adds what the type needs to the settings, and gives the class that serves it. */
    private static String prepare(CatalogMapping mapping, Map<String, String> properties) {
        return switch (mapping.type()) {
            case "jdbc" -> {
                require(mapping, CatalogProperties.URI);
                require(mapping, CatalogProperties.WAREHOUSE_LOCATION);
                requireSqliteFile(mapping);
                // A server that only reads neither creates a catalog's tables nor alters them.
                properties.putIfAbsent("jdbc.init-catalog-tables", "false");
                if (uri(mapping).startsWith(SQLITE)) {
                    properties.putIfAbsent("jdbc.busy_timeout", "30000");
                }
                yield CatalogUtil.ICEBERG_CATALOG_JDBC;
            }
            case "rest" -> {
                require(mapping, CatalogProperties.URI);
                // Otherwise each plan is answered with a report to the catalog.
                properties.putIfAbsent("rest-metrics-reporting-enabled", "false");
                // Otherwise a service that hangs would hang its queries.
                properties.putIfAbsent("rest.client.connection-timeout-ms", "10000");
                properties.putIfAbsent("rest.client.socket-timeout-ms", "60000");
                yield CatalogUtil.ICEBERG_CATALOG_REST;
            }
            case "glue" -> CatalogUtil.ICEBERG_CATALOG_GLUE;
            case "hadoop" -> {
                require(mapping, CatalogProperties.WAREHOUSE_LOCATION);
                requireHadoopWarehouse(mapping);
                yield CatalogUtil.ICEBERG_CATALOG_HADOOP;
            }
            default ->
                throw QueryException.of(
                                QueryErrorCode.UNSUPPORTED,
                                "Catalog '" + mapping.name() + "' has the unknown type '" + mapping.type() + "'.")
                        .withHint("Known types: " + String.join(", ", TYPES) + "."
                                + DidYouMean.hint(mapping.type(), TYPES));
        };
    }

    private static String uri(CatalogMapping mapping) {
        return mapping.properties().getOrDefault(CatalogProperties.URI, "");
    }

    private static void require(CatalogMapping mapping, String property) {
        if (mapping.properties().getOrDefault(property, "").isBlank()) {
            throw QueryException.of(
                            QueryErrorCode.STORAGE_UNAVAILABLE,
                            "Catalog '" + mapping.name() + "' (" + mapping.type() + ") has no setting '" + property
                                    + "'.")
                    .withHint("Add it to the catalog in graph.yaml.");
        }
    }

    /** SQLite would create the file, and then hold an empty catalog. */
    private static void requireSqliteFile(CatalogMapping mapping) {
        String uri = uri(mapping);
        if (!uri.startsWith(SQLITE)) {
            return;
        }
        String rest = uri.substring(SQLITE.length());
        String file = rest.contains("?") ? rest.substring(0, rest.indexOf('?')) : rest;
        String path = file.startsWith("file:") ? file.substring("file:".length()) : file;
        if (!path.isEmpty() && !path.startsWith(":") && !Files.isRegularFile(Path.of(path))) {
            throw CatalogErrors.unavailable(mapping, "the file '" + path + "' does not exist");
        }
    }

    private static void requireHadoopWarehouse(CatalogMapping mapping) {
        String warehouse = mapping.properties().getOrDefault(CatalogProperties.WAREHOUSE_LOCATION, "");
        if (isLocal(warehouse) && !Files.isDirectory(LocalFileIO.path(warehouse))) {
            throw CatalogErrors.unavailable(mapping, "the folder '" + warehouse + "' does not exist");
        }
    }

    private static boolean isLocal(String location) {
        return location.startsWith("file:") || !location.contains("://");
    }

    /** Local tables are read without Hadoop's file system; S3 needs a jar that does not ship. */
    private static void chooseFileIo(CatalogMapping mapping, Map<String, String> properties) {
        String warehouse = properties.getOrDefault(CatalogProperties.WAREHOUSE_LOCATION, "");
        if (!properties.containsKey(CatalogProperties.FILE_IO_IMPL)
                && mapping.type().equals("jdbc")) {
            if (isLocal(warehouse)) {
                properties.put(CatalogProperties.FILE_IO_IMPL, LocalFileIO.class.getName());
            } else if (warehouse.startsWith("s3")) {
                properties.put(CatalogProperties.FILE_IO_IMPL, "org.apache.iceberg.aws.s3.S3FileIO");
            }
        }
        String chosen = properties.get(CatalogProperties.FILE_IO_IMPL);
        if (chosen != null) {
            requireClass(mapping, chosen);
        }
    }

    private static void requireClass(CatalogMapping mapping, String className) {
        try {
            Class.forName(className, false, CatalogOpener.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            String advice = className.startsWith("org.apache.iceberg.aws.")
                    ? "Add iceberg-aws-bundle, and failsafe (dev.failsafe), to the class path;"
                            + " they do not ship with Spangraph."
                    : "Add the jar that holds it to the class path, or correct the setting.";
            throw QueryException.of(
                            QueryErrorCode.UNSUPPORTED,
                            "Catalog '" + mapping.name() + "' (" + mapping.type() + ") needs the class " + className
                                    + ", which is not on the class path.")
                    .withHint(advice)
                    .causedBy(e);
        }
    }
}
