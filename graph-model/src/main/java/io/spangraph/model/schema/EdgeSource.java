package io.spangraph.model.schema;

import io.spangraph.model.schema.RowSource.TableRows;
import java.util.Optional;

/**
 * The source of an edge type while it is read.
 *
 * @param vertex the vertex type whose properties the edge's expressions see; empty when they see a table's columns
 */
record EdgeSource(TableRows rows, Optional<VertexType> vertex) {}
