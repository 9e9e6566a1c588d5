/** The messages of the Bolt protocol, one class each, and how they are read and written in each version. */
@NullMarked
package io.spangraph.server.bolt.message;

import org.jspecify.annotations.NullMarked;
