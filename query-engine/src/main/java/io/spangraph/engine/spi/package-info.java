/** The only door to storage: plan a scan without reading, open it with run-time keys, fetch late columns by row reference. */
@NullMarked
package io.spangraph.engine.spi;

import org.jspecify.annotations.NullMarked;
