package io.spangraph.iceberg.catalog;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.schema.GraphSchema.CatalogMapping;
import io.spangraph.model.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;

/**
 * The states of tables, as new as the caller asks for. A catalog is asked once for all who wait for the same table, and
 * who is content with the known state waits for nobody.
 */
public final class Tables {
    private final IcebergCatalogs catalogs;
    private final Map<TableName, Entry> entries = new ConcurrentHashMap<>();

    public Tables(IcebergCatalogs catalogs) {
        this.catalogs = catalogs;
    }

    /** A table that was loaded: the loaded object belongs to who holds the lock, the state to everyone. */
    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private Optional<BaseTable> loaded = Optional.empty();
        private volatile Optional<TableState> state = Optional.empty();
    }

    /** The state of the table, not older than this; empty when the catalog has no such table. */
    public Optional<TableState> find(TableName name, Duration maxAge) {
        long oldest = System.nanoTime() - maxAge.toNanos();
        Entry entry = entries.computeIfAbsent(name, unused -> new Entry());
        Optional<TableState> known = entry.state;
        if (known.isPresent() && known.get().askedAtNanos() - oldest > 0) {
            return known;
        }
        entry.lock.lock();
        try {
            Optional<TableState> refreshed = entry.state;
            if (refreshed.isPresent() && refreshed.get().askedAtNanos() - oldest > 0) {
                return refreshed;
            }
            entry.state = ask(name, entry);
            return entry.state;
        } finally {
            entry.lock.unlock();
        }
    }

    /** Like {@link #find}, where the mapping was checked and the table must be there. */
    public TableState require(TableName name, Duration maxAge) {
        return find(name, maxAge)
                .orElseThrow(() -> QueryException.of(
                                QueryErrorCode.SCHEMA_CHANGED,
                                "Table '" + name + "' does not exist any more: its catalog '" + name.catalog()
                                        + "' does not list it.")
                        .withHint("It was dropped or renamed. Restore it, or correct graph.yaml and load it again."));
    }

    /** The last known state, whatever its age, so that a plan fits the snapshots that its query chose. */
    public TableState known(TableName name) {
        Optional<TableState> state = Optional.ofNullable(entries.get(name)).flatMap(entry -> entry.state);
        return state.orElseGet(() -> require(name, Duration.ZERO));
    }

    /** Names of the tables in the same namespace; empty when the catalog cannot say. */
    public List<String> neighbours(TableName name) {
        try {
            return catalogs.catalog(name.catalog()).listTables(namespace(name)).stream()
                    .map(TableIdentifier::name)
                    .sorted()
                    .toList();
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private Optional<TableState> ask(TableName name, Entry entry) {
        long askedAt = System.nanoTime();
        CatalogMapping mapping = catalogs.mapping(name.catalog());
        Catalog catalog = catalogs.catalog(name.catalog());
        try {
            BaseTable table = entry.loaded.map(Tables::refreshed).orElseGet(() -> load(catalog, name));
            entry.loaded = Optional.of(table);
            return Optional.of(new TableState(name, table.operations().current(), table.io(), askedAt));
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            entry.loaded = Optional.empty();
            return Optional.empty();
        } catch (NotFoundException e) {
            entry.loaded = Optional.empty();
            throw QueryException.of(
                            QueryErrorCode.STORAGE_CORRUPT,
                            "The metadata file of table '" + name + "' is missing: " + e.getMessage() + ".")
                    .withHint("The catalog points to a file that was deleted or moved.")
                    .causedBy(e);
        } catch (QueryException e) {
            throw e;
        } catch (RuntimeException e) {
            // The next query loads the table anew: it may have been dropped and made again under the same name.
            boolean wasLoaded = entry.loaded.isPresent();
            entry.loaded = Optional.empty();
            if (wasLoaded && e instanceof IllegalStateException) {
                return ask(name, entry);
            }
            throw CatalogErrors.unavailable(mapping, e);
        }
    }

    private static BaseTable refreshed(BaseTable table) {
        table.refresh();
        return table;
    }

    private static BaseTable load(Catalog catalog, TableName name) {
        Table table = catalog.loadTable(TableIdentifier.of(namespace(name), name.table()));
        if (table instanceof BaseTable base) {
            return base;
        }
        throw QueryException.of(
                        QueryErrorCode.UNSUPPORTED,
                        "'" + name + "' is a metadata table of Iceberg, which holds no graph.")
                .withHint("Name the table itself.");
    }

    private static Namespace namespace(TableName name) {
        return Namespace.of(name.namespace().toArray(String[]::new));
    }
}
