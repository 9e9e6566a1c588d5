package io.spangraph.lake.run;

/** Tokens of one model call; {@code input} excludes what was read from or written to the prompt cache. */
public record TokenUsage(long input, long output, long cacheRead, long cacheWrite) {

    public long total() {
        return input + output + cacheRead + cacheWrite;
    }
}
