/** Reads flat columns of Parquet files: only the pages that a query's rows lie in, straight into typed arrays. */
@NullMarked
package io.spangraph.iceberg.read.thin;

import org.jspecify.annotations.NullMarked;
