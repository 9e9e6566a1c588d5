/** Grouping, aggregate functions and DISTINCT. */
@NullMarked
package io.spangraph.engine.exec.aggregate;

import org.jspecify.annotations.NullMarked;
