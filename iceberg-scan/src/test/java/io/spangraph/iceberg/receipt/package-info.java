/** Whether the bytes of a receipt are the bytes that were asked of storage. */
@NullMarked
package io.spangraph.iceberg.receipt;

import org.jspecify.annotations.NullMarked;
