/** The Bolt door as a whole, over a real lake and real sockets. */
@NullMarked
package io.spangraph.server.bolt;

import org.jspecify.annotations.NullMarked;
