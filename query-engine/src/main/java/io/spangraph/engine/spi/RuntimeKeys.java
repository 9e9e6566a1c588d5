package io.spangraph.engine.spi;

import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that became known while the query ran: rows whose column holds none of its keys are not wanted. A source may skip
 * by them; it need not drop every row, the engine joins afterwards.
 *
 * @param first there if only the first rows of an order are wanted
 */
public record RuntimeKeys(List<KeySet> keySets, Optional<FirstRows> first) {
    public static final RuntimeKeys NONE = new RuntimeKeys(List.of());

    /** The wanted values of one column, none of them null. */
    public record KeySet(String column, Set<Value> values) {
        public KeySet {
            values = Set.copyOf(values);
        }
    }

    public RuntimeKeys {
        keySets = List.copyOf(keySets);
    }

    /** Where all rows are wanted that have one of the keys. */
    public RuntimeKeys(List<KeySet> keySets) {
        this(keySets, Optional.empty());
    }
}
