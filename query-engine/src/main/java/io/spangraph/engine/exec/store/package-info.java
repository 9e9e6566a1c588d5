/** Rows that an operator keeps: appended batch by batch, read back row by row or gathered into new batches. */
@NullMarked
package io.spangraph.engine.exec.store;

import org.jspecify.annotations.NullMarked;
