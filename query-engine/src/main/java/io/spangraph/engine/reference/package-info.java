/** A small, slow, obviously right evaluator of the unoptimised plan: the oracle of tests, never a run-time path. */
@NullMarked
package io.spangraph.engine.reference;

import org.jspecify.annotations.NullMarked;
