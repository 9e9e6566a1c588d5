package io.spangraph.engine.exec.join;

import io.spangraph.model.value.Value;
import java.util.Set;

/** A scan that can be narrowed by keys which a join learns from its other side. */
public interface KeyReceiver {
    /**
     * Rows whose column holds none of these values are not wanted. Called before the first batch is asked for; several
     * calls for a column narrow it further.
     */
    void restrict(String baseColumn, Set<Value> values);
}
