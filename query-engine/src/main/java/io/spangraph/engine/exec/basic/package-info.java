/** The simple operators: one input, or none, and nothing held but the batch at hand. */
@NullMarked
package io.spangraph.engine.exec.basic;

import org.jspecify.annotations.NullMarked;
