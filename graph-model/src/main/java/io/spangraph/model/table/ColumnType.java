package io.spangraph.model.table;

import java.util.List;

/** Type of a table's column, as wide as Iceberg's types that a query can read. */
public sealed interface ColumnType {

    /** Types without parameters. */
    enum Primitive implements ColumnType {
        BOOLEAN,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        STRING,
        BINARY,
        UUID,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMPTZ
    }

    record Decimal(int precision, int scale) implements ColumnType {}

    record ListOf(ColumnType element) implements ColumnType {}

    record MapOf(ColumnType key, ColumnType value) implements ColumnType {}

    record Struct(List<Column> fields) implements ColumnType {
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    /** A type that no query can read, kept by name so that an error can say what it is. */
    record Unsupported(String name) implements ColumnType {}
}
