/** Operators that pull column batches, poll for cancellation and account for the memory they hold. */
@NullMarked
package io.spangraph.engine.exec;

import org.jspecify.annotations.NullMarked;
