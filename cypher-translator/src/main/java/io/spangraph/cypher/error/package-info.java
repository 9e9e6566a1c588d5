/** How errors of a query text are worded: the place in Neo4j's familiar form, and what to do about it. */
@NullMarked
package io.spangraph.cypher.error;

import org.jspecify.annotations.NullMarked;
