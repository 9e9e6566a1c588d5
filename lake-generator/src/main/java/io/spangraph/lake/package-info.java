/**
 * Writes seeded sample lakes with Iceberg's own writers.
 */
@NullMarked
package io.spangraph.lake;

import org.jspecify.annotations.NullMarked;
