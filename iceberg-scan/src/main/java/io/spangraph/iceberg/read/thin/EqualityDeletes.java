package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.read.DeletedRows;
import io.spangraph.iceberg.read.columns.GenericForm;
import io.spangraph.iceberg.read.columns.RowMask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types.NestedField;

/** Rows deleted by their values: Iceberg compares them, as it alone knows by which columns each delete file does. */
final class EqualityDeletes {
    private final FileColumns columns;
    private final Predicate<Record> alive;
    private final Record row;
    /** Where the columns that deletes name lie among the file's columns and in the record. */
    private final List<Place> places = new ArrayList<>();

    private record Place(int column, int field) {}

    EqualityDeletes(DeletedRows deletes, FileColumns columns) {
        this.columns = columns;
        this.alive = deletes.eqDeletedRowFilter();
        Schema schema = deletes.requiredSchema();
        this.row = GenericRecord.create(schema);
        for (int field = 0; field < schema.columns().size(); field++) {
            NestedField column = schema.columns().get(field);
            if (deletes.equalityFieldIds().contains(column.fieldId())) {
                places.add(new Place(columns.indexOf(column), field));
            }
        }
    }

    /** Drops the rows that are deleted. */
    void apply(IntFunction<ColumnValues> values, RowMask rows) {
        for (int position : rows.positions()) {
            for (Place place : places) {
                Object value = switch (columns.column(place.column())) {
                    case FileColumn.Constant constant -> constant.generic();
                    case FileColumn.Stored stored ->
                        GenericForm.value(stored.form(), values.apply(place.column()), position);
                };
                row.set(place.field(), value);
            }
            if (!alive.test(row)) {
                rows.clear(position);
            }
        }
    }
}
