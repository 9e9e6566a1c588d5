package io.spangraph.iceberg.parquet;

import java.util.Arrays;

/** Collects bytes as codes of the dictionary, as long as all pages refer to it. */
final class CodeSink extends Sink {
    private final Dictionary dictionary;
    private final int[] codes;

    CodeSink(int rows, Dictionary dictionary) {
        super(rows);
        this.dictionary = dictionary;
        codes = new int[rows];
    }

    /** Starts with the rows of a sink all of which are null. */
    CodeSink(Sink nulls, Dictionary dictionary) {
        this(nulls.rows(), dictionary);
        Arrays.fill(codes, 0, nulls.filled(), -1);
        inherit(nulls);
    }

    @Override
    Sink fresh(int rowsOfIt) {
        return new CodeSink(rowsOfIt, dictionary);
    }

    /** The same rows with the bytes themselves, for a page that does not refer to the dictionary. */
    BytesSink spelledOut(RangeReader file) {
        BytesSink bytes = new BytesSink(rows(), 0, file);
        bytes.addEntries(dictionary, codes, filled());
        bytes.inherit(this);
        return bytes;
    }

    @Override
    void take(ValueDecoder decoder, int at, int count) {
        decoder.codes(codes, at, count);
    }

    @Override
    void spread(long[] present, int at, int count, int set) {
        int dense = at + set - 1;
        int row = count - 1;
        while (dense >= at && dense < at + row) {
            int bit = (int) (present[row >> 6] >>> row & 1);
            codes[at + row] = codes[dense] | bit - 1;
            dense -= bit;
            row--;
        }
        if (dense < at) {
            Arrays.fill(codes, at, at + row + 1, -1);
        }
    }

    @Override
    void gather(Sink source, int[] chosen, int count) {
        int[] from = ((CodeSink) source).codes;
        int at = filled();
        for (int i = 0; i < count; i++) {
            codes[at + i] = from[chosen[i]];
        }
    }

    @Override
    ColumnValues result() {
        return new ColumnValues.Codes(codes, dictionary, nullCount());
    }
}
