/** Plans scans from metadata alone: which files of a snapshot can hold rows that a query wants. */
@NullMarked
package io.spangraph.iceberg.plan;

import org.jspecify.annotations.NullMarked;
