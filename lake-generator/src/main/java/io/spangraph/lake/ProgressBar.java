package io.spangraph.lake;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far a long job is: a bar that is redrawn on a terminal, and a plain line now and then where the output is
 * kept, so that a log does not fill with bars.
 */
public final class ProgressBar implements ProgressListener {

    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int WIDTH = 30;
    private static final String CLEAR_TO_END = "\u001b[K";

    private final String title;
    private final PrintStream output;
    private final boolean terminal;
    private final LongSupplier clock;
    private final long start;
    private long shown;
    private boolean finished;

    /** Shows progress on a stream; {@code terminal} tells whether a person watches it. */
    public ProgressBar(String title, PrintStream output, boolean terminal) {
        this(title, output, terminal, System::nanoTime);
    }

    ProgressBar(String title, PrintStream output, boolean terminal, LongSupplier clock) {
        this.title = title;
        this.output = output;
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.shown = start;
    }

    @Override
    public void progressed(long rowsDone, long rowsTotal) {
        long now = clock.getAsLong();
        boolean last = rowsDone >= rowsTotal;
        if (finished || (!last && now - shown < (terminal ? REDRAW_NANOS : LINE_NANOS))) {
            return;
        }
        shown = now;
        finished = last;
        String line = line(rowsDone, rowsTotal, (now - start) / NANOS_PER_SECOND);
        if (terminal) {
            output.print("\r" + line + CLEAR_TO_END + (last ? System.lineSeparator() : ""));
            output.flush();
        } else {
            output.println(line);
        }
    }

    private String line(long done, long total, double seconds) {
        double share = total == 0 ? 1 : Math.min(1, (double) done / total);
        double rowsPerSecond = done / Math.max(seconds, 1e-3);
        String tail = done >= total
                ? "in " + time(seconds)
                : "ETA " + (done == 0 ? "unknown" : time((total - done) / rowsPerSecond));
        String numbers = String.format(
                Locale.ROOT,
                "%3d %%  %,d of %,d rows  %,.0f rows/s  %s",
                (int) (100 * share),
                done,
                total,
                rowsPerSecond,
                tail);
        return title + " " + (terminal ? bar(share) + " " : "") + numbers;
    }

    private static String bar(double share) {
        int filled = (int) (WIDTH * share);
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]";
    }

    private static String time(double seconds) {
        Duration duration = Duration.ofSeconds(Math.round(seconds));
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toSeconds() + " s";
    }
}
