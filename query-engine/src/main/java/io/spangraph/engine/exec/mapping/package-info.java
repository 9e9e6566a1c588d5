/** Expressions of {@code graph.yaml}, compiled to run over batches of base columns by the null rules of SQL. */
@NullMarked
package io.spangraph.engine.exec.mapping;

import org.jspecify.annotations.NullMarked;
