package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.read.columns.StoredForm;
import io.spangraph.model.value.Value;
import org.jspecify.annotations.Nullable;

/** Where a table's column is found for one file. */
sealed interface FileColumn {
    /** In the file. */
    record Stored(StoredForm form) implements FileColumn {}

    /**
     * The same for all rows: a partition's value, a default, or null.
     *
     * @param generic as Iceberg's generic records hold it
     */
    record Constant(Value value, @Nullable Object generic) implements FileColumn {
        static final Constant NULL = new Constant(Value.NULL, null);
    }
}
