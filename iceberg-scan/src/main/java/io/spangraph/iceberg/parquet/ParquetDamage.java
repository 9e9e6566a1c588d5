package io.spangraph.iceberg.parquet;

/**
 * A file that contradicts itself or the Parquet format. It says what and where, because the cure (restoring or rewriting the
 * file) lies with whoever keeps it.
 */
public final class ParquetDamage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ParquetDamage(RangeReader file, long position, String what) {
        super("Damaged Parquet file " + file.name() + ", at byte " + position + ": " + what);
    }

    ParquetDamage(RangeReader file, long position, String what, Throwable cause) {
        super("Damaged Parquet file " + file.name() + ", at byte " + position + ": " + what, cause);
    }
}
