/** Queries that outgrow their memory, against a whole server. */
@NullMarked
package io.spangraph.server.spill;

import org.jspecify.annotations.NullMarked;
