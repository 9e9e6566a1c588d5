package io.spangraph.bench.lake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.util.Utf8;

/** Draws payloads: nearly all bytes of the tables, in the shape of small JSON objects that compress as real ones do. */
final class Payloads {
    private static final long SEED = 7;
    private static final long SPAN_GAMMA = 0x9E37_79B9_7F4A_7C15L;
    private static final int POOL_BYTES = 16 << 20;
    private static final int WORDS = 4_000;
    private static final int LEAST_BYTES = 180;
    private static final int SPREAD_BYTES = 300;
    private static final double MEDIAN_BYTES = 4 << 10;
    /** Of the logarithm, so that one in a hundred is 64 times the median or more. */
    private static final double SPREAD = Math.log(64) / 2.3263;

    private static final int MOST_BYTES = 1 << 20;
    private static final byte[] CLOSE = ascii("\"}");

    private final byte[] pool = pool();

    /** What went into a span, or what came out. */
    enum Side {
        INPUT("{\"content\":\""),
        OUTPUT("{\"result\":\"");

        private final byte[] open;

        Side(String open) {
            this.open = ascii(open);
        }
    }

    /** The text as Iceberg's Avro side holds it: its Parquet writer takes those bytes as they are. */
    Utf8 of(SpanRow span, Side side) {
        SplittableRandom random = random(span, side);
        return cut(side, LEAST_BYTES + random.nextInt(SPREAD_BYTES), random);
    }

    /** A long one: half of them have more than 4 KiB, one in a hundred more than 256 KiB. */
    Utf8 longOf(SpanRow span, Side side) {
        SplittableRandom random = random(span, side);
        double bytes = MEDIAN_BYTES * Math.exp(SPREAD * random.nextGaussian());
        return cut(side, (int) Math.clamp(bytes, 1, MOST_BYTES), random);
    }

    private static SplittableRandom random(SpanRow span, Side side) {
        return new SplittableRandom(span.trace().seed() + SPAN_GAMMA * (2L * span.index() + side.ordinal() + 1));
    }

    private Utf8 cut(Side side, int length, SplittableRandom random) {
        byte[] text = new byte[side.open.length + length + CLOSE.length];
        System.arraycopy(side.open, 0, text, 0, side.open.length);
        System.arraycopy(pool, random.nextInt(pool.length - length), text, side.open.length, length);
        System.arraycopy(CLOSE, 0, text, text.length - CLOSE.length, CLOSE.length);
        return new Utf8(text);
    }

    private static byte[] pool() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<byte[]> words = new ArrayList<>(WORDS);
        for (int i = 0; i < WORDS; i++) {
            byte[] word = new byte[2 + random.nextInt(9)];
            for (int j = 0; j < word.length; j++) {
                word[j] = (byte) ('a' + random.nextInt('z' - 'a' + 1));
            }
            words.add(word);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream(POOL_BYTES);
        while (text.size() < POOL_BYTES) {
            text.writeBytes(
                    random.nextInt(20) == 0
                            ? ascii(Integer.toString(random.nextInt(1_000_000)))
                            : words.get(Names.skewed(random, WORDS, 1.7)));
            text.writeBytes(ascii(random.nextInt(12) == 0 ? ", " : " "));
        }
        return text.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
