/** Joins: one side is read into memory, the other streams by, and few keys narrow the scans of the streaming side. */
@NullMarked
package io.spangraph.engine.exec.join;

import org.jspecify.annotations.NullMarked;
