package io.spangraph.iceberg.parquet;

import java.util.Optional;

/**
 * The values of one page without its nulls, taken in pieces from first to last. Each call moves many values, and each kind of
 * value has its own method, so that loops stay free of calls and of boxes.
 */
abstract class ValueDecoder {
    abstract void skip(int count);

    void longs(long[] out, int at, int count) {
        throw new Corrupt("no whole numbers in this encoding");
    }

    void doubles(double[] out, int at, int count) {
        throw new Corrupt("no floating-point numbers in this encoding");
    }

    void booleans(boolean[] out, int at, int count) {
        throw new Corrupt("no booleans in this encoding");
    }

    void bytes(BytesSink out, int count) {
        throw new Corrupt("no bytes in this encoding");
    }

    /** The dictionary that {@link #codes} refer to, if the page is coded by one. */
    Optional<Dictionary> dictionary() {
        return Optional.empty();
    }

    void codes(int[] out, int at, int count) {
        throw new Corrupt("no dictionary in this encoding");
    }

    /** Called behind the last value: whether the bytes of the page are used up. */
    abstract boolean atEnd();

    /** Of a page without values. */
    static final class Nothing extends ValueDecoder {
        private final String why;

        /** @param why there are none, told should any be wanted */
        Nothing(String why) {
            this.why = why;
        }

        @Override
        void skip(int count) {
            if (count > 0) {
                throw new Corrupt(why);
            }
        }

        @Override
        boolean atEnd() {
            return true;
        }
    }
}
