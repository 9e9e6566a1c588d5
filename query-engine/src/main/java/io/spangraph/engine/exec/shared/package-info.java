/** Rows that several operators of one query read: computed once, kept, and read by each from the start. */
@NullMarked
package io.spangraph.engine.exec.shared;

import org.jspecify.annotations.NullMarked;
