/** Runs a logical plan: optimise, plan, check, execute, and hand out rows with a receipt. */
@NullMarked
package io.spangraph.engine.run;

import org.jspecify.annotations.NullMarked;
