/**
 * Writes the span tables that the scan benchmark reads: the same rows in four layouts, each trace from a seed of its own.
 */
@NullMarked
package io.spangraph.bench.lake;

import org.jspecify.annotations.NullMarked;
