package io.spangraph.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spangraph.bench.lake.SpanLake;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every row that runs beside the peer again, with a heap of 512 MiB in a process of its own: each must answer. */
final class SmallHeap {
    private final SpanLake lake;
    private final BenchOptions options;
    private final PrintStream out;

    SmallHeap(SpanLake lake, BenchOptions options, PrintStream out) {
        this.lake = lake;
        this.options = options;
        this.out = out;
    }

    /** Passes when all rows have equal answers; the times are of the whole process and only say that it came to an end. */
    BenchRow row() throws IOException {
        Path json = Files.createTempFile("spangraph-scan-512m", ".json");
        try {
            long start = System.nanoTime();
            Process process = JavaProcess.of(
                            List.of("-Xmx512m"),
                            List.of(
                                    "scan",
                                    "--quick",
                                    "--spans",
                                    Long.toString(lake.spans()),
                                    "--data",
                                    options.data().toString(),
                                    "--only",
                                    Arrays.stream(ScanRow.values())
                                            .map(ScanRow::id)
                                            .collect(Collectors.joining(",")),
                                    "--json",
                                    json.toString()))
                    .redirectOutput(ProcessBuilder.Redirect.PIPE)
                    .start();
            out.println("  scan-512m: the rows below come from the process with a heap of 512 MiB");
            process.inputReader().lines().forEach(line -> out.println("  | " + line));
            int exit = JavaProcess.await(process);
            return row(json, exit, System.nanoTime() - start);
        } finally {
            Files.deleteIfExists(json);
        }
    }

    private BenchRow row(Path json, int exit, long nanos) throws IOException {
        int lines = 0;
        boolean equal = exit == 0 && Files.size(json) > 0;
        long bytes = 0;
        if (equal) {
            for (JsonNode line : new ObjectMapper().readTree(json.toFile())) {
                equal &= line.path("checksum_equal").asBoolean();
                bytes += line.path("bytes").asLong();
                lines++;
            }
        }
        return new BenchRow(
                BenchOptions.SCAN_512M,
                BenchState.COLD,
                Timing.of(new long[] {nanos}, 0),
                Optional.empty(),
                Optional.empty(),
                new BenchRow.Reads(0, 0, bytes, lines),
                equal && lines > 0);
    }
}
