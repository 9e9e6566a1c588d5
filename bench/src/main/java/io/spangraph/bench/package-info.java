/**
 * Compares the engine with others on the same files.
 */
@NullMarked
package io.spangraph.bench;

import org.jspecify.annotations.NullMarked;
