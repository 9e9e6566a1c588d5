package io.spangraph.model.table;

import java.util.List;

/**
 * Full name of a table: the catalog's name in {@code graph.yaml}, the namespace and the table.
 *
 * @param catalog name of a catalog of the mapping
 * @param namespace one or more levels
 * @param table the table itself
 */
public record TableName(String catalog, List<String> namespace, String table) implements Comparable<TableName> {
    public TableName {
        namespace = List.copyOf(namespace);
    }

    /** The namespace and table without the catalog, as users know a table: {@code silver.pg_spans}. */
    public String shortName() {
        return String.join(".", namespace) + "." + table;
    }

    @Override
    public int compareTo(TableName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return catalog + "." + shortName();
    }
}
