package io.spangraph.iceberg.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of a fixed width as they are in memory. */
final class PlainNumbers extends ValueDecoder {
    private static final long JULIAN_DAY_OF_1970 = 2_440_588;
    private static final long MICROS_OF_DAY = 86_400_000_000L;

    private final PhysicalType type;
    private final int width;
    private final byte[] data;
    private final int end;
    private int position;

    PlainNumbers(PhysicalType type, byte[] data, int start, int end) {
        this.type = type;
        this.width = type.bytes();
        this.data = data;
        this.position = start;
        this.end = end;
    }

    @Override
    void skip(int count) {
        take(count);
    }

    /** Where the next values start; they are then behind. */
    private int take(int count) {
        int start = position;
        if ((long) count * width > end - start) {
            throw new Corrupt("it ends before its last value");
        }
        position += count * width;
        return start;
    }

    @Override
    void longs(long[] out, int at, int count) {
        int source = take(count);
        switch (type) {
            case INT64 ->
                ByteBuffer.wrap(data, source, count * Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer()
                        .get(out, at, count);
            case INT32 -> {
                for (int i = 0; i < count; i++) {
                    out[at + i] = LittleEndian.intAt(data, source + i * Integer.BYTES);
                }
            }
            case INT96 -> {
                for (int i = 0; i < count; i++) {
                    out[at + i] = micros(data, source + i * width);
                }
            }
            case BOOLEAN, FLOAT, DOUBLE, BYTE_ARRAY, FIXED -> super.longs(out, at, count);
        }
    }

    private static long micros(byte[] data, int at) {
        long nanos = LittleEndian.longAt(data, at);
        long day = LittleEndian.intAt(data, at + Long.BYTES) - JULIAN_DAY_OF_1970;
        return day * MICROS_OF_DAY + Math.floorDiv(nanos, 1000L);
    }

    @Override
    void doubles(double[] out, int at, int count) {
        int source = take(count);
        if (type == PhysicalType.DOUBLE) {
            ByteBuffer.wrap(data, source, count * Double.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .get(out, at, count);
        } else {
            for (int i = 0; i < count; i++) {
                out[at + i] = Float.intBitsToFloat(LittleEndian.intAt(data, source + i * Float.BYTES));
            }
        }
    }

    @Override
    boolean atEnd() {
        return position == end;
    }
}
