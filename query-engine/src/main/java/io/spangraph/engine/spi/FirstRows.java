package io.spangraph.engine.spi;

import io.spangraph.model.value.Value;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Of the rows of a scan only those are wanted that come first by a column, where null is the largest value. A source may
 * read files in this order and leave out those all of whose rows come after the bound; it need not, the engine sorts.
 *
 * @param bound a value that enough rows reach; may be asked at any time and from any thread, and only ever gets tighter
 */
public record FirstRows(String column, boolean descending, Supplier<Optional<Value>> bound) {}
