package io.spangraph.model.schema;

import io.spangraph.model.schema.MappingExpression.Positioned;

/**
 * A property and the expression over its source row that gives it.
 *
 * @param lazy large: read late, and left out of whole nodes and of {@code properties()}
 */
public record PropertyMapping(String name, Positioned expression, boolean lazy) {}
