/** Runs queries for every door: translation, plan cache, snapshots, deadlines, the list of what runs, and kill. */
@NullMarked
package io.spangraph.server.query;

import org.jspecify.annotations.NullMarked;
