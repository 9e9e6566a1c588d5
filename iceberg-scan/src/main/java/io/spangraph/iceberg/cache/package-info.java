/**
 * What is remembered of data files that never change: nothing here is ever stale, and nothing depends on who asked.
 */
@NullMarked
package io.spangraph.iceberg.cache;

import org.jspecify.annotations.NullMarked;
