package io.spangraph.iceberg.catalog;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.schema.GraphSchema.CatalogMapping;
import io.spangraph.model.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of tables, as new as the caller asks for. A catalog is asked once for all who wait for the same table. A state
 * in use is renewed in the background once half of its time is over, so that readers only wait for a catalog that needs
 * longer than the other half, or when they want to know the state of this very moment.
 */
public final class Tables implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tables.class);
    private static final int RENEWERS = 4;

    private final IcebergCatalogs catalogs;
    private final LongSupplier nanoTime;
    private final Map<TableName, Entry> entries = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor renewers = new ThreadPoolExecutor(
            RENEWERS,
            RENEWERS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("table-renewal-", 1).daemon().factory());

    public Tables(IcebergCatalogs catalogs) {
        this(catalogs, System::nanoTime);
    }

    Tables(IcebergCatalogs catalogs, LongSupplier nanoTime) {
        this.catalogs = catalogs;
        this.nanoTime = nanoTime;
        renewers.allowCoreThreadTimeOut(true);
    }

    /** One question to a catalog, and all who wait for its answer. */
    private record Flight(long startedAt, CompletableFuture<Optional<TableState>> answer) {}

    /** What is known of a table. The loaded object belongs to the flight that is under way, all else to who has the lock. */
    private static final class Entry {
        private volatile Optional<TableState> state = Optional.empty();
        private Optional<BaseTable> loaded = Optional.empty();
        private Optional<Flight> flight = Optional.empty();
        /** When the last flight set off in the background: one that failed is not repeated at once. */
        private OptionalLong renewedAt = OptionalLong.empty();

        synchronized Optional<Flight> flight() {
            return flight;
        }

        /** A new flight, unless one is under way. */
        synchronized Optional<Flight> takeOff(long now) {
            if (flight.isPresent()) {
                return Optional.empty();
            }
            flight = Optional.of(new Flight(now, new CompletableFuture<>()));
            return flight;
        }

        /** A new flight in the background, unless one is under way or a recent one failed. */
        synchronized Optional<Flight> takeOffAgain(long now, long pause) {
            if (renewedAt.isPresent() && now - renewedAt.getAsLong() < pause) {
                return Optional.empty();
            }
            Optional<Flight> started = takeOff(now);
            if (started.isPresent()) {
                renewedAt = OptionalLong.of(now);
            }
            return started;
        }

        synchronized void land() {
            flight = Optional.empty();
        }
    }

    /** The state of the table, not older than this; empty when the catalog has no such table. */
    public Optional<TableState> find(TableName name, Duration maxAge) {
        long now = nanoTime.getAsLong();
        long oldest = now - maxAge.toNanos();
        Entry entry = entries.computeIfAbsent(name, unused -> new Entry());
        while (true) {
            Optional<TableState> known = entry.state;
            if (known.isPresent() && known.get().askedAtNanos() - oldest >= 0) {
                renew(name, entry, now, now - known.get().askedAtNanos(), maxAge.toNanos());
                return known;
            }
            Optional<Flight> started = entry.takeOff(nanoTime.getAsLong());
            if (started.isPresent()) {
                return fly(name, entry, started.get());
            }
            Optional<Flight> underWay = entry.flight();
            if (underWay.isPresent()) {
                boolean soonEnough = underWay.get().startedAt() - oldest >= 0;
                Optional<Optional<TableState>> answer = answer(underWay.get(), soonEnough);
                if (answer.isPresent() && soonEnough) {
                    return answer.get();
                }
            }
        }
    }

    /** Waits for a flight. Its failure is also that of those who could have used its answer. */
    private static Optional<Optional<TableState>> answer(Flight flight, boolean failWithIt) {
        try {
            return Optional.of(flight.answer().join());
        } catch (CompletionException e) {
            if (failWithIt && e.getCause() instanceof QueryException failure) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    /** Asks the catalog again before the known state is too old. */
    private void renew(TableName name, Entry entry, long now, long age, long maxAge) {
        if (maxAge == 0 || age < maxAge / 2) {
            return;
        }
        entry.takeOffAgain(now, maxAge / 8).ifPresent(flight -> {
            try {
                renewers.execute(() -> {
                    try {
                        fly(name, entry, flight);
                    } catch (RuntimeException e) {
                        LOG.warn("The state of table '{}' could not be renewed: {}", name, e.getMessage());
                    }
                });
            } catch (RejectedExecutionException closed) {
                entry.land();
                flight.answer().completeExceptionally(closed);
            }
        });
    }

    private Optional<TableState> fly(TableName name, Entry entry, Flight flight) {
        try {
            Optional<TableState> answer = ask(name, entry, flight.startedAt());
            entry.state = answer;
            entry.land();
            flight.answer().complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            entry.land();
            flight.answer().completeExceptionally(e);
            throw e;
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

    private Optional<TableState> ask(TableName name, Entry entry, long askedAt) {
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
                return ask(name, entry, askedAt);
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

    /** Ends what runs in the background. */
    @Override
    public void close() {
        renewers.shutdownNow();
    }
}
