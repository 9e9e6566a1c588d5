/**
 * Turns Cypher text into logical plans.
 */
@NullMarked
package io.spangraph.cypher;

import org.jspecify.annotations.NullMarked;
