/** Plans as text and as trees, for EXPLAIN, PROFILE, golden files and every client. */
@NullMarked
package io.spangraph.engine.explain;

import org.jspecify.annotations.NullMarked;
