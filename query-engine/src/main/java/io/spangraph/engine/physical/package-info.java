/** The physical plan: which scans, which joins, in which order; and the planner that chooses them. */
@NullMarked
package io.spangraph.engine.physical;

import org.jspecify.annotations.NullMarked;
