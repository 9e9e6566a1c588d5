/** The values a query can return: Cypher's types as immutable records, with identity and ordering. */
@NullMarked
package io.spangraph.model.value;

import org.jspecify.annotations.NullMarked;
