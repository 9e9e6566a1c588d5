package io.spangraph.iceberg.catalog;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.DidYouMean;
import io.spangraph.model.schema.GraphSchema.CatalogMapping;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.catalog.Catalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogs of a mapping, each opened at its first use: a catalog that is away for a while is tried again by the next
 * query, and does not keep the others from being read.
 */
public final class IcebergCatalogs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IcebergCatalogs.class);

    private final Map<String, CatalogMapping> mappings;
    private final Map<String, Catalog> opened = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private IcebergCatalogs(Map<String, CatalogMapping> mappings, Map<String, Catalog> opened) {
        this.mappings = new TreeMap<>(mappings);
        this.opened.putAll(opened);
    }

    /** Catalogs by the settings of a mapping. */
    public static IcebergCatalogs of(Map<String, CatalogMapping> mappings) {
        return new IcebergCatalogs(mappings, Map.of());
    }

    /** Catalogs that the caller has opened; they are closed with this. */
    public static IcebergCatalogs ofOpened(Map<String, Catalog> catalogs) {
        Map<String, CatalogMapping> mappings = new LinkedHashMap<>();
        catalogs.forEach((name, catalog) ->
                mappings.put(name, new CatalogMapping(name, catalog.getClass().getSimpleName(), Map.of())));
        return new IcebergCatalogs(mappings, catalogs);
    }

    /** The catalog of that name, opened now if it was not. */
    public Catalog catalog(String name) {
        if (closed) {
            throw new IllegalStateException("the catalogs were closed");
        }
        Catalog known = opened.get(name);
        return known != null ? known : open(mapping(name));
    }

    /** The settings of a catalog, for messages. */
    public CatalogMapping mapping(String name) {
        return Optional.ofNullable(mappings.get(name))
                .orElseThrow(() -> QueryException.of(
                                QueryErrorCode.STORAGE_UNAVAILABLE, "There is no catalog '" + name + "'.")
                        .withHint("The mapping has: " + String.join(", ", mappings.keySet()) + "."
                                + DidYouMean.hint(name, mappings.keySet())));
    }

    /** Under a lock, so that two queries do not open two connection pools. */
    private synchronized Catalog open(CatalogMapping mapping) {
        Catalog known = opened.get(mapping.name());
        if (known != null) {
            return known;
        }
        Catalog catalog = CatalogOpener.open(mapping);
        opened.put(mapping.name(), catalog);
        LOG.info("Opened catalog {} at {}", mapping, CatalogErrors.location(mapping));
        return catalog;
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.forEach((name, catalog) -> {
            if (catalog instanceof Closeable closeable) {
                try {
                    closeable.close();
                } catch (IOException | RuntimeException e) {
                    LOG.warn("Catalog '{}' did not close cleanly: {}", name, e.toString());
                }
            }
        });
        opened.clear();
    }
}
