package io.spangraph.iceberg.parquet;

/** BYTE_STREAM_SPLIT: the first bytes of all values, then all second bytes, and so on. */
final class SplitNumbers extends ValueDecoder {
    private final PhysicalType type;
    private final int width;
    private final byte[] data;
    private final int start;
    private final int total;
    private int taken;

    SplitNumbers(PhysicalType type, int width, byte[] data, int start, int end) {
        this.type = type;
        this.width = width;
        this.data = data;
        this.start = start;
        if (width <= 0 || (end - start) % width != 0) {
            throw new Corrupt((end - start) + " bytes do not split into values of " + width);
        }
        this.total = (end - start) / width;
    }

    @Override
    void skip(int count) {
        take(count);
    }

    private int take(int count) {
        if (count > total - taken) {
            throw new Corrupt("it ends before its last value");
        }
        int first = start + taken;
        taken += count;
        return first;
    }

    @Override
    void longs(long[] out, int at, int count) {
        join(out, at, count);
        if (type == PhysicalType.INT32) {
            for (int i = at; i < at + count; i++) {
                out[i] = (int) out[i];
            }
        }
    }

    private void join(long[] out, int at, int count) {
        int first = take(count);
        for (int i = 0; i < count; i++) {
            long value = 0;
            for (int stream = 0, source = first + i; stream < width; stream++, source += total) {
                value |= (data[source] & 0xFFL) << 8 * stream;
            }
            out[at + i] = value;
        }
    }

    @Override
    void doubles(double[] out, int at, int count) {
        long[] joined = new long[count];
        join(joined, 0, count);
        if (type == PhysicalType.FLOAT) {
            for (int i = 0; i < count; i++) {
                out[at + i] = Float.intBitsToFloat((int) joined[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                out[at + i] = Double.longBitsToDouble(joined[i]);
            }
        }
    }

    @Override
    void bytes(BytesSink out, int count) {
        int first = take(count);
        byte[] joined = new byte[count * width];
        for (int stream = 0; stream < width; stream++) {
            int source = first + stream * total;
            for (int i = 0; i < count; i++) {
                joined[i * width + stream] = data[source + i];
            }
        }
        out.addFixed(joined, 0, width, count);
    }

    @Override
    boolean atEnd() {
        return taken == total;
    }
}
