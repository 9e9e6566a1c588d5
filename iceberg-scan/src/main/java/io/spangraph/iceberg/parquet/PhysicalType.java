package io.spangraph.iceberg.parquet;

/** How Parquet stores the values of a column; decides which array they are decoded into. */
public enum PhysicalType {
    BOOLEAN(0),
    INT32(4),
    INT64(8),
    /** The old timestamp: nanoseconds of the day and the Julian day; decoded into microseconds since 1970. */
    INT96(12),
    FLOAT(4),
    DOUBLE(8),
    BYTE_ARRAY(0),
    FIXED(0);

    private final int bytes;

    PhysicalType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of a plain value; 0 where the type alone does not tell. */
    int bytes() {
        return bytes;
    }
}
