/** Subqueries and optional matches: the inner side runs once for all outer rows, told apart by their ordinals. */
@NullMarked
package io.spangraph.engine.exec.apply;

import org.jspecify.annotations.NullMarked;
