package io.spangraph.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server as users start it, in a process of its own and with little memory. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern HTTP = Pattern.compile("http://[0-9.]+:(\\d+)");
    private static final Pattern BOLT = Pattern.compile("bolt://[0-9.]+:(\\d+)");
    private static final Path HOME = Path.of("..", "..", "graph-server", "target", "spangraph")
            .toAbsolutePath()
            .normalize();

    private final Process process;
    private final Path log;
    private final int httpPort;
    private final int boltPort;

    private ServerProcess(Process process, Path log, int httpPort, int boltPort) {
        this.process = process;
        this.log = log;
        this.httpPort = httpPort;
        this.boltPort = boltPort;
    }

    static ServerProcess start(Path settings, String heap) throws IOException {
        Path log = settings.resolveSibling("server.log");
        Process process = new ProcessBuilder(
                        JavaCommand.path(),
                        "-Xmx" + heap,
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dspangraph.home=" + HOME,
                        "-jar",
                        HOME.resolve("lib/spangraph.jar").toString(),
                        "serve",
                        "--config",
                        settings.toString())
                .redirectError(log.toFile())
                .start();
        int http = 0;
        int bolt = 0;
        StringBuilder said = new StringBuilder();
        try {
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            while (http == 0 || bolt == 0) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IllegalStateException(
                            "the server did not start: " + said + Files.readString(log, StandardCharsets.UTF_8));
                }
                said.append(line).append('\n');
                http = http == 0 ? port(HTTP, line) : http;
                bolt = bolt == 0 ? port(BOLT, line) : bolt;
            }
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
        return new ServerProcess(process, log, http, bolt);
    }

    private static int port(Pattern address, String line) {
        Matcher matcher = address.matcher(line);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    int httpPort() {
        return httpPort;
    }

    int boltPort() {
        return boltPort;
    }

    /** How many queries run now, as the operator sees it. */
    int runningQueries() throws IOException, InterruptedException {
        String body = get("/v1/queries");
        return body.split("\"id\"", -1).length - 1;
    }

    String get(String path) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString("operator:rabbit".getBytes(StandardCharsets.UTF_8));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                                    .header("Authorization", "Basic " + login)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    /** What the server had to say besides its ready lines: warnings and errors. */
    List<String> log() throws IOException {
        return Files.readAllLines(log, StandardCharsets.UTF_8);
    }

    /** What the process holds after a collection of garbage. */
    record Usage(long liveBytes, int threads) {}

    Usage usage() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(JavaCommand.path()).resolveSibling("jcmd").toString(),
                        String.valueOf(process.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        Matcher total = Pattern.compile("Total +\\d+ +(\\d+)").matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("no total in " + histogram);
        }
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            return new Usage(Long.parseLong(total.group(1)), (int) threads.count());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
