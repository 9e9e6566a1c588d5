/** A lake in memory whose storage counts what is asked of it, independently of what the product counts. */
@NullMarked
package io.spangraph.iceberg.memory;

import org.jspecify.annotations.NullMarked;
