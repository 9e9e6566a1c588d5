/**
 * Reads Apache Iceberg tables for the query engine.
 */
@NullMarked
package io.spangraph.iceberg;

import org.jspecify.annotations.NullMarked;
