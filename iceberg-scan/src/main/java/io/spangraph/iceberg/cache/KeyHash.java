package io.spangraph.iceberg.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64 bits for a value as its file stores it. Equal values have equal hashes; what else has the same is sorted out by
 * whoever reads the rows.
 */
public interface KeyHash {
    /** The one that indexes are built by. */
    KeyHash STANDARD = new Mixed();

    /** Of a whole number, a date or a time, in the unit of the file. */
    long of(long value);

    /** Of a text in UTF-8 or of other bytes. */
    long of(byte[] bytes, int from, int to);

    /** Multiplies and folds, so that every bit of a value has a say in the upper bits, by which indexes are sorted. */
    final class Mixed implements KeyHash {
        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private static final long ODD = 0x9E3779B97F4A7C15L;

        private Mixed() {}

        private static long mix(long bits) {
            long low = bits * ODD;
            return (low ^ Math.unsignedMultiplyHigh(bits, ODD)) * 0xBF58476D1CE4E5B9L;
        }

        private static long finish(long bits) {
            long mixed = (bits ^ bits >>> 31) * 0x94D049BB133111EBL;
            return mixed ^ mixed >>> 30;
        }

        @Override
        public long of(long value) {
            return finish(mix(value ^ ODD));
        }

        @Override
        public long of(byte[] bytes, int from, int to) {
            long hash = (long) to - from;
            int at = from;
            for (; at + Long.BYTES <= to; at += Long.BYTES) {
                hash = mix(hash ^ (long) LONGS.get(bytes, at)) + ODD;
            }
            long rest = 0;
            for (; at < to; at++) {
                rest = rest << 8 | bytes[at] & 0xFF;
            }
            return finish(mix(hash ^ rest) + ODD);
        }
    }
}
