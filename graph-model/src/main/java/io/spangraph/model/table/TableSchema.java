package io.spangraph.model.table;

import java.util.List;
import java.util.Optional;

/** The columns of a table at one moment, by which a mapping is validated and bound. */
public record TableSchema(TableName name, List<Column> columns) {
    public TableSchema {
        columns = List.copyOf(columns);
    }

    public Optional<Column> column(String wanted) {
        return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }
}
