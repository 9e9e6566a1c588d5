/** Damaged Bolt connections against a real server. */
@NullMarked
package io.spangraph.server.bolt.fuzz;

import org.jspecify.annotations.NullMarked;
