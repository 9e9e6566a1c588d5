package io.spangraph.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream output = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long nanos;

    @Test
    void redrawsOneLineOnATerminal() {
        ProgressBar bar = new ProgressBar("Writing spans", output, true, () -> nanos);

        at(Duration.ofSeconds(2)).progressed(bar, 50_000);
        at(Duration.ofMillis(2_050)).progressed(bar, 51_000);
        at(Duration.ofSeconds(8)).progressed(bar, 200_000);

        assertThat(printed())
                .isEqualTo("\rWriting spans [#######.......................]  25 %  50,000 of 200,000 rows"
                        + "  25,000 rows/s  ETA 6 s\u001b[K"
                        + "\rWriting spans [##############################] 100 %  200,000 of 200,000 rows"
                        + "  25,000 rows/s  in 8 s\u001b[K" + System.lineSeparator());
    }

    @Test
    void printsAPlainLineNowAndThenElsewhere() {
        ProgressBar bar = new ProgressBar("Writing spans", output, false, () -> nanos);

        at(Duration.ofSeconds(9)).progressed(bar, 10);
        at(Duration.ofSeconds(10)).progressed(bar, 20);
        at(Duration.ofSeconds(19)).progressed(bar, 30);
        at(Duration.ofSeconds(21)).progressed(bar, 200_000);
        at(Duration.ofSeconds(60)).progressed(bar, 200_000);

        assertThat(printed().lines())
                .containsExactly(
                        "Writing spans   0 %  20 of 200,000 rows  2 rows/s  ETA 27 h 46 min",
                        "Writing spans 100 %  200,000 of 200,000 rows  9,524 rows/s  in 21 s");
    }

    @Test
    void knowsNoEndBeforeTheFirstRow() {
        ProgressBar bar = new ProgressBar("Writing spans", output, false, () -> nanos);

        at(Duration.ofSeconds(75)).progressed(bar, 0);

        assertThat(printed()).contains("0 of 200,000 rows  0 rows/s  ETA unknown");
    }

    private ProgressBarTest at(Duration time) {
        nanos = time.toNanos();
        return this;
    }

    private void progressed(ProgressBar bar, long done) {
        bar.progressed(done, 200_000);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
