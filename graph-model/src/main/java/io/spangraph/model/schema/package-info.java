/** The mapping of tables to a property graph, read from {@code graph.yaml} into immutable records with source positions. */
@NullMarked
package io.spangraph.model.schema;

import org.jspecify.annotations.NullMarked;
