package io.spangraph.engine.run;

import io.spangraph.engine.exec.join.KeyReceiver;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.value.Value;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Hands keys on to a scan as values of its column. A key that the column cannot hold has no row there; keys of a column
 * whose type is compared in ways of its own are kept back.
 */
record TypedKeys(KeyReceiver scan, ColumnType type) implements KeyReceiver {
    @Override
    public void restrict(String baseColumn, Set<Value> values) {
        Set<Value> fitting = new HashSet<>();
        for (Value value : values) {
            Optional<Value> known = ColumnValues.fitting(type, value);
            if (known.isEmpty()) {
                return;
            }
            fitting.add(known.get());
        }
        scan.restrict(baseColumn, fitting);
    }
}
