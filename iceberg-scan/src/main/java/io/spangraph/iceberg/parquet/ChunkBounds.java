package io.spangraph.iceberg.parquet;

/**
 * The smallest and largest value of a chunk in plain encoding, without nulls and NaN. Texts compare by unsigned bytes and may
 * be shortened, so they bound the values even when they are not values themselves.
 *
 * @param exact whether both are values of the chunk
 */
public record ChunkBounds(byte[] min, byte[] max, boolean exact) {}
