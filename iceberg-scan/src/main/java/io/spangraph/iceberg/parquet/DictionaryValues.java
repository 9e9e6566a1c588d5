package io.spangraph.iceberg.parquet;

import java.util.Optional;

/** Positions in a dictionary. */
final class DictionaryValues extends ValueDecoder {
    private final Runs runs;
    private final Dictionary dictionary;
    private final Scratch scratch;

    DictionaryValues(byte[] data, int start, int end, Dictionary dictionary, Scratch scratch) {
        this.runs = new Runs(data, start + 1, end, data[start]);
        this.dictionary = dictionary;
        this.scratch = scratch;
    }

    @Override
    Optional<Dictionary> dictionary() {
        return Optional.of(dictionary);
    }

    @Override
    void skip(int count) {
        runs.skip(count);
    }

    @Override
    void codes(int[] out, int at, int count) {
        runs.read(out, at, count);
        int size = dictionary.size();
        int beyond = 0;
        for (int i = at; i < at + count; i++) {
            beyond |= out[i] | size - 1 - out[i];
        }
        if (beyond < 0) {
            throw new Corrupt("a value refers to an entry beyond the " + size + " of the dictionary");
        }
    }

    @Override
    void longs(long[] out, int at, int count) {
        int[] codes = scratch.codes(count);
        codes(codes, 0, count);
        long[] entries = dictionary.longs();
        for (int i = 0; i < count; i++) {
            out[at + i] = entries[codes[i]];
        }
    }

    @Override
    void doubles(double[] out, int at, int count) {
        int[] codes = scratch.codes(count);
        codes(codes, 0, count);
        double[] entries = dictionary.doubles();
        for (int i = 0; i < count; i++) {
            out[at + i] = entries[codes[i]];
        }
    }

    @Override
    void bytes(BytesSink out, int count) {
        int[] codes = scratch.codes(count);
        codes(codes, 0, count);
        out.addEntries(dictionary, codes, count);
    }

    @Override
    boolean atEnd() {
        return runs.atEnd();
    }
}
