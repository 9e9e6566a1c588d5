package io.spangraph.iceberg.parquet;

/** A sound file that uses something this decoder does not know; another reader may know it. */
public final class UnsupportedParquet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedParquet(RangeReader file, String what) {
        super("Parquet file " + file.name() + " uses " + what);
    }
}
