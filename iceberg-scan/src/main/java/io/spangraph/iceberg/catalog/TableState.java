package io.spangraph.iceberg.catalog;

import io.spangraph.model.table.TableName;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;

/**
 * What a catalog said about a table at one moment. Immutable, so that a query that plans never sees half of a change.
 *
 * @param askedAtNanos when the catalog was asked, on the clock of {@link System#nanoTime()}
 */
public record TableState(TableName name, TableMetadata metadata, FileIO io, long askedAtNanos) {

    /** The current columns. Older snapshots are read by them too, as a mapping knows the current names only. */
    public Schema schema() {
        return metadata.schema();
    }

    /** A table of Iceberg that stays at this state. */
    public Table table() {
        return new BaseTable(new StaticTableOperations(metadata, io), name.toString());
    }

    /** By which columns of files without field ids are found. */
    public Optional<NameMapping> nameMapping() {
        return Optional.ofNullable(metadata.properties().get("schema.name-mapping.default"))
                .map(NameMappingParser::fromJson);
    }
}
