/** Damaged files: what scans of them may answer, and that they end. */
@NullMarked
package io.spangraph.iceberg.damage;

import org.jspecify.annotations.NullMarked;
