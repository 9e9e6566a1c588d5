/** The query engine: one plan for every language, optimised and run over any source of column batches. */
@NullMarked
package io.spangraph.engine;

import org.jspecify.annotations.NullMarked;
