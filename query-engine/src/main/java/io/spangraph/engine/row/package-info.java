/** Column batches and their typed vectors, which operators pass to each other. */
@NullMarked
package io.spangraph.engine.row;

import org.jspecify.annotations.NullMarked;
