/** PackStream: the bytes of values, in the forms that the versions of the protocol give them. */
@NullMarked
package io.spangraph.server.bolt.packstream;

import org.jspecify.annotations.NullMarked;
