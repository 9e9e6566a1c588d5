/** The messages of the Bolt protocol, one class each, without their bytes. */
@NullMarked
package io.spangraph.server.bolt.message;

import org.jspecify.annotations.NullMarked;
