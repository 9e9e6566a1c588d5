package io.spangraph.engine.exec.expression;

import io.spangraph.engine.expr.EntityField.PropertyField;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.model.value.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code n[name]} of a node or relationship variable, with a name that a parameter or a row gives. Null for a name that no
 * type of the variable has.
 *
 * @param columns of the properties, by name
 */
record DynamicProperty(Map<String, Integer> columns, CompiledExpression name) implements CompiledExpression {

    static Map<String, Integer> columns(Variable variable, RowLayout layout) {
        Map<String, Integer> columns = new HashMap<>();
        for (int position : layout.positionsOf(variable)) {
            ColumnId column = layout.columns().get(position);
            if (column.field() instanceof PropertyField(String property)) {
                columns.put(property, position);
            }
        }
        return columns;
    }

    @Override
    public Vector evaluate(RowBatch batch) {
        Vector names = name.evaluate(batch);
        int[] rows = batch.selectedRows();
        if (names instanceof ConstantVector(Value constant, int length)) {
            String wanted = text(constant);
            return rows.length > 0 && columns.containsKey(wanted)
                    ? batch.column(columns.get(wanted))
                    : new ConstantVector(Value.NULL, length);
        }
        Value[] results = Vectors.nulls(batch.physicalRows());
        for (int row : rows) {
            String wanted = text(names.value(row));
            if (columns.containsKey(wanted)) {
                results[row] = batch.column(columns.get(wanted)).value(row);
            }
        }
        return Vectors.ofValues(results, rows);
    }

    /** No property is named by an empty text, which stands for null here. */
    private static String text(Value name) {
        if (name.isNull()) {
            return "";
        }
        if (name instanceof Value.StringValue(String text)) {
            return text;
        }
        throw Access.wrongIndex("a String", name);
    }
}
