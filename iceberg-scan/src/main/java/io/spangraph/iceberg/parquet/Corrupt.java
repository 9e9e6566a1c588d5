package io.spangraph.iceberg.parquet;

/** Values that cannot be what a page claims; whoever knows file and page turns it into {@link ParquetDamage}. */
final class Corrupt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Corrupt(String what) {
        super(what);
    }
}
