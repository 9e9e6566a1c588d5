package io.spangraph.iceberg.parquet;

/** Booleans of one bit each, as a bitmap or in runs. */
final class BooleanValues extends ValueDecoder {
    private final Runs runs;
    private final Scratch scratch;

    private BooleanValues(Runs runs, Scratch scratch) {
        this.runs = runs;
        this.scratch = scratch;
    }

    static BooleanValues plain(byte[] data, int start, int end, Scratch scratch) {
        return new BooleanValues(Runs.ofBitmap(data, start, end), scratch);
    }

    static BooleanValues runs(byte[] data, int start, int end, Scratch scratch) {
        if (end - start < Integer.BYTES) {
            throw new Corrupt("it ends before its values");
        }
        int length = LittleEndian.intAt(data, start);
        if (length < 0 || length > end - start - Integer.BYTES) {
            throw new Corrupt("its values claim " + length + " bytes");
        }
        int first = start + Integer.BYTES;
        return new BooleanValues(new Runs(data, first, first + length, 1), scratch);
    }

    @Override
    void skip(int count) {
        runs.skip(count);
    }

    @Override
    void booleans(boolean[] out, int at, int count) {
        int[] bits = scratch.codes(count);
        runs.read(bits, 0, count);
        for (int i = 0; i < count; i++) {
            out[at + i] = bits[i] != 0;
        }
    }

    @Override
    boolean atEnd() {
        return runs.atEnd();
    }
}
