/** The optimizer: an ordered list of small rules, a trace of what each did, and the check of the result. */
@NullMarked
package io.spangraph.engine.optimize;

import org.jspecify.annotations.NullMarked;
