package io.spangraph.iceberg.read.columns;

import io.spangraph.iceberg.parquet.Dictionary;
import java.util.IdentityHashMap;
import java.util.Map;

/** What is known of a dictionary's entries under each test. For the reader of one row group, in one thread. */
public final class CodeTables {
    private final Map<BytesTest, CodeTable> tables = new IdentityHashMap<>();

    CodeTable of(BytesTest test, Dictionary dictionary) {
        CodeTable known = tables.get(test);
        if (known == null || known.dictionary != dictionary) {
            known = new CodeTable(test, dictionary);
            tables.put(test, known);
        }
        return known;
    }

    /** The entries of one dictionary under one test. */
    static final class CodeTable {
        private static final byte UNKNOWN = 0;
        private static final byte YES = 1;
        private static final byte NO = 2;

        private final BytesTest test;
        private final Dictionary dictionary;
        private final byte[] states;

        private CodeTable(BytesTest test, Dictionary dictionary) {
            this.test = test;
            this.dictionary = dictionary;
            this.states = new byte[dictionary.size()];
        }

        private boolean test(int code) {
            byte state = states[code];
            if (state == UNKNOWN) {
                int from = dictionary.offsets()[code];
                state = test.test(dictionary.data(), from, from + dictionary.length(code)) ? YES : NO;
                states[code] = state;
            }
            return state == YES;
        }

        void test(int[] codes, RowMask rows) {
            long[] words = rows.words();
            for (int i = 0; i < words.length; i++) {
                long wanted = words[i];
                if (wanted == 0) {
                    continue;
                }
                long kept = 0;
                for (long word = wanted; word != 0; word &= word - 1) {
                    int bit = Long.numberOfTrailingZeros(word);
                    int code = codes[(i << 6) + bit];
                    if (code >= 0 && test(code)) {
                        kept |= 1L << bit;
                    }
                }
                words[i] = kept;
            }
        }
    }
}
