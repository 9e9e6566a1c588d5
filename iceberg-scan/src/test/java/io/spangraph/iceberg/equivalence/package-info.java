/** Random tables, and the proof that scans of them answer what Iceberg's own reader and DuckDB answer. */
@NullMarked
package io.spangraph.iceberg.equivalence;

import org.jspecify.annotations.NullMarked;
