/** Walks over a variable number of edges: vertices and edges are read into arrays, then walked from each input row. */
@NullMarked
package io.spangraph.engine.exec.walk;

import org.jspecify.annotations.NullMarked;
