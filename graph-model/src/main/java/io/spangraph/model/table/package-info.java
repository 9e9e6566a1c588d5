/** Names, columns and types of the tables behind a graph, free of any storage library. */
@NullMarked
package io.spangraph.model.table;

import org.jspecify.annotations.NullMarked;
