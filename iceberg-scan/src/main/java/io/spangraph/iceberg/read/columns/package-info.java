/** Columns of Parquet files as columns of a table: conversions, tests of many values at once, and what statistics prove. */
@NullMarked
package io.spangraph.iceberg.read.columns;

import org.jspecify.annotations.NullMarked;
