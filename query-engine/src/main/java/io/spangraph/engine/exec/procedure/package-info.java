/** The operator that gives the rows of a procedure. */
@NullMarked
package io.spangraph.engine.exec.procedure;

import org.jspecify.annotations.NullMarked;
