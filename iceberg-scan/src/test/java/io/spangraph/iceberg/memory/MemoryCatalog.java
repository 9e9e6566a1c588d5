package io.spangraph.iceberg.memory;

import java.util.Map;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** Iceberg's catalog in memory, whose tables lie in a storage of the test. */
final class MemoryCatalog extends InMemoryCatalog {
    private final MemoryStorage storage;

    MemoryCatalog(MemoryStorage storage) {
        this.storage = storage;
        initialize(MemoryLake.CATALOG, Map.of());
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new Operations(super.newTableOps(table), storage);
    }

    private record Operations(TableOperations table, FileIO storage) implements TableOperations {
        @Override
        public TableMetadata current() {
            return table.current();
        }

        @Override
        public TableMetadata refresh() {
            return table.refresh();
        }

        @Override
        public void commit(TableMetadata base, TableMetadata next) {
            table.commit(base, next);
        }

        @Override
        public FileIO io() {
            return storage;
        }

        @Override
        public String metadataFileLocation(String name) {
            return table.metadataFileLocation(name);
        }

        @Override
        public LocationProvider locationProvider() {
            return LocationProviders.locationsFor(
                    current().location(), current().properties());
        }
    }
}
