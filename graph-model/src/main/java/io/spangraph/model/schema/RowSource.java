package io.spangraph.model.schema;

import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.table.TableName;
import java.util.Optional;

/**
 * Where the rows of a vertex or edge type come from. Sealed, so that a further kind of source is found by the compiler
 * everywhere it matters.
 */
public sealed interface RowSource {

    /** The table whose base rows the tenant pin applies to. */
    TableName table();

    /** Rows of a table, as they are, that satisfy a condition. */
    record TableRows(TableName table, Optional<Positioned> where) implements RowSource {}
}
