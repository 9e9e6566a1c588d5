package io.spangraph.engine.row;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Variable;

/** Names a column of a row: a variable, and which of its fields. */
public record ColumnId(Variable variable, EntityField field) {
    /** The column of a variable that holds a plain value. */
    public static ColumnId of(Variable variable) {
        return new ColumnId(variable, new EntityField.Whole());
    }

    public static ColumnId property(Variable variable, String name) {
        return new ColumnId(variable, new EntityField.PropertyField(name));
    }

    @Override
    public String toString() {
        return field instanceof EntityField.Whole ? variable.name() : variable.name() + "." + field;
    }
}
