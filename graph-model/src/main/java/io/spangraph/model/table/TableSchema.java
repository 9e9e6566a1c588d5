package io.spangraph.model.table;

import java.util.List;
import java.util.Optional;

/** The columns of a table at one moment, by which a mapping is validated and bound. */
public record TableSchema(TableName name, List<Column> columns) {
    public TableSchema {
        columns = List.copyOf(columns);
    }

    public Optional<Column> column(String wanted) {
        for (Column column : columns) {
            if (column.name().equals(wanted)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }
}
