/**
 * Measures single loops of the column reader, for whoever changes one of them; {@code bench/run jmh}.
 */
@NullMarked
package io.spangraph.bench.jmh;

import org.jspecify.annotations.NullMarked;
