package io.spangraph.iceberg.parquet;

/** Bytes of any length, each behind its length, or all of one length without it. */
final class PlainBytes extends ValueDecoder {
    /** 0 when each value tells its own. */
    private final int fixedLength;

    private final byte[] data;
    private final int end;
    private int position;

    PlainBytes(int fixedLength, byte[] data, int start, int end) {
        this.fixedLength = fixedLength;
        this.data = data;
        this.position = start;
        this.end = end;
    }

    @Override
    void skip(int count) {
        if (fixedLength > 0) {
            takeFixed(count);
            return;
        }
        int at = position;
        for (int i = 0; i < count; i++) {
            at += Integer.BYTES + lengthAt(at);
        }
        position = at;
    }

    private int takeFixed(int count) {
        int start = position;
        if ((long) count * fixedLength > end - start) {
            throw new Corrupt("it ends before its last value");
        }
        position += count * fixedLength;
        return start;
    }

    private int lengthAt(int at) {
        if (end - at < Integer.BYTES) {
            throw new Corrupt("it ends before its last value");
        }
        int length = LittleEndian.intAt(data, at);
        if (length < 0 || length > end - at - Integer.BYTES) {
            throw new Corrupt("a value claims " + length + " bytes, of at most " + (end - at - Integer.BYTES));
        }
        return length;
    }

    @Override
    void bytes(BytesSink out, int count) {
        if (fixedLength > 0) {
            out.addFixed(data, takeFixed(count), fixedLength, count);
            return;
        }
        int start = position;
        int[] offsets = out.offsets();
        int first = out.used();
        long offset = offsets[first];
        int at = start;
        for (int i = first + 1; i <= first + count; i++) {
            int length = lengthAt(at);
            at += Integer.BYTES + length;
            offset += length;
            offsets[i] = (int) offset;
        }
        position = at;
        out.addSpaced(data, start, Integer.BYTES, offset, count);
    }

    @Override
    boolean atEnd() {
        return position == end;
    }
}
