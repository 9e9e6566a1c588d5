/**
 * Decodes the flat columns of Parquet files into typed arrays. It trusts nothing that a file says of itself: a damaged file
 * ends in {@link io.spangraph.iceberg.parquet.ParquetDamage}.
 */
@NullMarked
package io.spangraph.iceberg.parquet;

import org.jspecify.annotations.NullMarked;
