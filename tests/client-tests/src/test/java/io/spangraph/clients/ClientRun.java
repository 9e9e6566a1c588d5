package io.spangraph.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of a client's program: reads its lines, and does on the server's side what it asks for. */
final class ClientRun {
    private static final String OK = "@ok ";
    private static final String FAIL = "@fail ";
    private static final String ASK = "@ask ";
    private static final int TRIES = 50;

    private final ServerProcess server;
    private final SampleTables tables;
    private final DroppingProxy proxy;

    ClientRun(ServerProcess server, SampleTables tables, DroppingProxy proxy) {
        this.server = server;
        this.tables = tables;
        this.proxy = proxy;
    }

    /** By feature: empty when all went well, else what went wrong. */
    Map<Feature, String> run(List<String> command) throws IOException, InterruptedException {
        Map<Feature, String> results = new EnumMap<>(Feature.class);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter answers = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true)) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.startsWith(OK)) {
                    results.put(Feature.named(line.substring(OK.length())), "");
                } else if (line.startsWith(FAIL)) {
                    String[] parts = line.substring(FAIL.length()).split(": ", 2);
                    results.put(Feature.named(parts[0]), parts[1]);
                } else if (line.startsWith(ASK)) {
                    answers.println(answer(line.substring(ASK.length())));
                }
            }
        } finally {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        if (process.exitValue() != 0) {
            results.put(Feature.CONNECT, "the client ended with status " + process.exitValue());
        }
        return results;
    }

    private String answer(String question) throws IOException, InterruptedException {
        return switch (question) {
            case "append" -> {
                tables.appendSample();
                yield "done";
            }
            case "drop" -> {
                proxy.drop();
                yield "done";
            }
            case "running" -> String.valueOf(settledQueries());
            default -> "what is " + question + "?";
        };
    }

    /** The number of running queries, once it has become still: ending a query takes a moment. */
    private int settledQueries() throws IOException, InterruptedException {
        int running = server.runningQueries();
        int same = 0;
        for (int i = 0; i < TRIES && same < 3; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
            int now = server.runningQueries();
            same = now == running ? same + 1 : 0;
            running = now;
        }
        return running;
    }
}
