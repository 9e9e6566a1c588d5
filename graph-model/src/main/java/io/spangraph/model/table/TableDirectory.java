package io.spangraph.model.table;

import java.util.List;
import java.util.Optional;

/** Looks tables up, so that a mapping can be validated without knowing any storage library. */
public interface TableDirectory {

    /** The table's columns, or empty when the catalog answers that there is no such table. */
    Optional<TableSchema> table(TableName name);

    /** The tables beside the named one, for a did-you-mean; empty when the catalog cannot list them. */
    List<String> neighbours(TableName name);
}
