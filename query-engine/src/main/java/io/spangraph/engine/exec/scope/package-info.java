/** Edges inside a scope, such as a trace: the rows of complete scopes are numbered, and edges are pairs of row numbers. */
@NullMarked
package io.spangraph.engine.exec.scope;

import org.jspecify.annotations.NullMarked;
