/** Reads data files into batches of typed vectors, and counts what that takes from storage. */
@NullMarked
package io.spangraph.iceberg.read;

import org.jspecify.annotations.NullMarked;
