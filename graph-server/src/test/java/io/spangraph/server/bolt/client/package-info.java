/** A small Bolt client for tests: written apart from the server's own reader and writer, so that the two check each other. */
@NullMarked
package io.spangraph.server.bolt.client;

import org.jspecify.annotations.NullMarked;
