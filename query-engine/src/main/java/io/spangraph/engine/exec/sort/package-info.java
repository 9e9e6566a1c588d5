/** ORDER BY, whole or only its first rows. */
@NullMarked
package io.spangraph.engine.exec.sort;

import org.jspecify.annotations.NullMarked;
