package io.spangraph.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 500 idle and 64 busy connections for two minutes with a small heap: no error, and nothing grows. */
@Tag("slow")
@Timeout(600)
class SoakTest {
    private static final int SECONDS = 120;
    private static final String HEAP = "512m";

    /** What one measurement may exceed the other by without being growth: caches that warm up. */
    private static final double TOLERANCE = 1.25;

    @TempDir
    private static Path folder;

    @Test
    void manyConnectionsDoNotMakeTheServerGrow() throws IOException, InterruptedException {
        try (TestLake lake = TestLake.start(folder, HEAP)) {
            Client driver = Client.ALL.getFirst();
            Process client = new ProcessBuilder(driver.java(
                            "SoakClient.java",
                            "bolt://127.0.0.1:" + lake.server().boltPort(),
                            String.valueOf(SECONDS)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<ServerProcess.Usage> usages = new ArrayList<>();
            String summary = "";
            try (BufferedReader lines = client.inputReader(StandardCharsets.UTF_8);
                    PrintWriter answers = new PrintWriter(client.outputWriter(StandardCharsets.UTF_8), true)) {
                String line;
                while ((line = lines.readLine()) != null) {
                    if (line.startsWith("@ask")) {
                        usages.add(lake.server().usage());
                        answers.println("go on");
                    } else if (line.startsWith("@done ")) {
                        summary = line;
                    }
                }
            } finally {
                client.destroyForcibly();
            }

            assertThat(summary).contains(", 0 errors");
            assertThat(usages).hasSize(2);
            assertThat(usages.getLast().liveBytes()).as("live heap, %s", usages).isLessThan((long)
                    (usages.getFirst().liveBytes() * TOLERANCE));
            assertThat(usages.getLast().threads())
                    .as("threads, %s", usages)
                    .isLessThanOrEqualTo(usages.getFirst().threads());
            assertThat(lake.server().runningQueries()).isZero();
            assertThat(lake.server().log()).isEmpty();
        }
    }
}
