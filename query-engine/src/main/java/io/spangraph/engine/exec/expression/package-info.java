/** Expressions compiled to run over whole batches: typed where the columns are, general where Cypher needs it. */
@NullMarked
package io.spangraph.engine.exec.expression;

import org.jspecify.annotations.NullMarked;
