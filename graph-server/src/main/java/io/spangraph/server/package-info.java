/**
 * The server and its command line.
 */
@NullMarked
package io.spangraph.server;

import org.jspecify.annotations.NullMarked;
