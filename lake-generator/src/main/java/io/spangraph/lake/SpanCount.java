package io.spangraph.lake;

/** Adds up what the workers report and passes it on, one call at a time. */
final class SpanCount {

    private final long total;
    private final ProgressListener listener;
    private long done;

    SpanCount(long total, ProgressListener listener) {
        this.total = total;
        this.listener = listener;
    }

    synchronized void add(long spans) {
        done += spans;
        listener.progressed(done, total);
    }
}
