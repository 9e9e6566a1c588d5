/** Temporal values: from texts, maps and one another, their parts, and calculating with durations. */
@NullMarked
package io.spangraph.engine.expr.temporal;

import org.jspecify.annotations.NullMarked;
