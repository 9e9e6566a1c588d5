/** Queries of older states of the tables, through every door. */
@NullMarked
package io.spangraph.server.travel;

import org.jspecify.annotations.NullMarked;
