/** Clauses to plan nodes. */
@NullMarked
package io.spangraph.cypher.translate;

import org.jspecify.annotations.NullMarked;
