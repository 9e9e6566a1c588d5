package io.spangraph.lake.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Text to cut payloads from: words at random, with accents, emoji, Chinese and Japanese, escaped quotes and newlines,
 * all of it safe inside a JSON string. Payloads that share pieces compress as real ones do, where a prompt repeats the
 * conversation so far.
 */
final class TextPool {

    private static final int POOL_BYTES = 1 << 19;
    private static final List<String> WORDS = List.of(("""
            the to of and in a is for it with on that this was from are not as be or at has file error request
            response test user value name key code line result agent tool call model message data table query
            function class return server client build run check update change read write open close start stop
            finish wait retry fail pass log time second minute day column row index page cache token prompt
            answer question summary plan step task issue branch commit review merge release version config
            setting default option path folder module package import export service endpoint header body status
            customer order invoice payment account email ticket meeting calendar report chart metric average
            total count increase decrease before after while because therefore however please now next first
            last again also only already should could would must can may will need want see find found missing
            expected actual unknown invalid empty large small quick slow current previous latest according
            documentation example warning details context session history search fetch parse render validate
            deploy schedule approve reject cancel assign describe compare analyse translate Berlin Tokyo
            Shanghai Madrid monday tuesday friday january march october morning evening""").split("\\s+"));

    private static final List<String> SPICE =
            List.of("\\n", "\\\"so\\\"", "größe", "naïve", "🚀", "✅", "数据", "分析する", "\\t", "C:\\\\tmp", "0.42");

    private final byte[] bytes;
    private final int[] boundaries;

    TextPool(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pool = new byte[POOL_BYTES];
        int[] starts = new int[POOL_BYTES];
        int length = 0;
        int count = 0;
        while (true) {
            String next = random.nextInt(15) == 0 ? Draw.pick(random, SPICE, 1) : Draw.pick(random, WORDS, 1.7);
            byte[] token = (next + " ").getBytes(StandardCharsets.UTF_8);
            if (length + token.length > POOL_BYTES) {
                break;
            }
            starts[count++] = length;
            System.arraycopy(token, 0, pool, length, token.length);
            length += token.length;
        }
        this.bytes = Arrays.copyOf(pool, length);
        this.boundaries = Arrays.copyOf(starts, count);
    }

    /** Appends whole words of at most {@code length} bytes, beginning where the random source points. */
    void append(SplittableRandom random, int length, TextBuffer target) {
        int left = length;
        while (left > 0) {
            int from = boundaries[random.nextInt(boundaries.length)];
            int to = lastBoundary(Math.min((long) from + left, bytes.length));
            if (to <= from) {
                break;
            }
            target.append(bytes, from, to - from);
            left -= to - from;
        }
    }

    private int lastBoundary(long position) {
        if (position == bytes.length) {
            return bytes.length;
        }
        int found = Arrays.binarySearch(boundaries, (int) position);
        return boundaries[found >= 0 ? found : -found - 2];
    }
}
