/** What the doors share of how values look outside: element ids, and the order of a path's elements. */
@NullMarked
package io.spangraph.server.value;

import org.jspecify.annotations.NullMarked;
