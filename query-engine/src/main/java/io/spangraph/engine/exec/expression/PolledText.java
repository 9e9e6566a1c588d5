package io.spangraph.engine.exec.expression;

import io.spangraph.engine.context.Cancellation;

/** A text that notices cancellation while a pattern searches it: some patterns take for ever. */
public final class PolledText implements CharSequence {
    private static final int READS_BETWEEN_POLLS = 1 << 14;

    private final String text;
    private final Cancellation cancellation;
    private int reads;

    public PolledText(String text, Cancellation cancellation) {
        this.text = text;
        this.cancellation = cancellation;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++reads % READS_BETWEEN_POLLS == 0) {
            cancellation.poll();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
