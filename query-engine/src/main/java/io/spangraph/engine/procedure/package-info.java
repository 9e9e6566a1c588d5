/** Procedures and SHOW commands: what a graph and its server tell about themselves, as rows of a query. */
@NullMarked
package io.spangraph.engine.procedure;

import org.jspecify.annotations.NullMarked;
