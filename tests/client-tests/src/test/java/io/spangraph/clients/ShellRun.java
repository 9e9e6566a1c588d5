package io.spangraph.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lets cypher-shell run a script, and looks at what it prints. The shell reads its whole input before it begins, so that
 * the script waits at gates - named pipes that it sources - for what has to happen on the server's side.
 */
final class ShellRun {
    private static final String COUNT = "MATCH (s:Sample) RETURN 'samples ' + count(*) AS n;";
    private static final int MILLION = 1_000_000;
    private static final String ENDLESS = "MATCH (a:Number), (b:Number), (c:Number) RETURN sum(a.n + b.n + c.n) AS n;";
    private static final int TRIES = 500;
    private static final String APPEND = "append";
    private static final String DROP = "drop";

    private final StringBuilder script = new StringBuilder();
    private final Map<Feature, String> expected = new LinkedHashMap<>();
    private final Map<String, Path> gates = new LinkedHashMap<>();
    private final Path folder;

    private ShellRun(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        statement(Feature.CONNECT, "RETURN 'I am ' + 'here' AS x;", "\"I am here\"");
        statement(
                Feature.VALUES,
                "MATCH (s:Sample {id: 'a1'}) RETURN s.flag, s.large, s.wide, s.text, s.day, s.tags, s.missing;",
                "TRUE, 1099511627776, 2.25, \"grün \uD83D\uDE42\", 2026-11-21, [\"a\", NULL], NULL");
        statement(Feature.PARAMETERS, "RETURN $x AS x, $y AS y;", "\"Rabbit\", 42");
        statement(Feature.NODES, "MATCH (s:Sample {id: 'a1'}) RETURN s;", "(:Sample {");
        statement(Feature.RELATIONSHIPS, "MATCH (:Sample)-[l:LINK]->(:Sample) RETURN l;", "[:LINK {weight: 0.75}]");
        statement(Feature.PATHS, "MATCH p = (:Sample)-[:LINK]->(:Sample) RETURN p;", "-[:LINK {weight: 0.75}]->");
        script.append("MATCH (n:Number) RETURN n.n AS number;\n");
        statement(Feature.ERROR, "MATCH (s:Sample)\nRETRUN s;", "(line 2, column 1");
        statement(Feature.PLAN, "EXPLAIN MATCH (s:Sample) RETURN s.id;", "\"EXPLAIN\"");
        statement(
                Feature.PROCEDURES,
                "CALL db.labels() YIELD label WITH label ORDER BY label RETURN collect(label) AS l;",
                "[\"Number\", \"Sample\"]");
        statement(Feature.METADATA, "SHOW DATABASES YIELD name RETURN name;", "\"clients\"");
        script.append(":begin\n").append(COUNT).append('\n');
        gate(APPEND);
        script.append(COUNT).append("\n:commit\n").append(COUNT).append('\n');
        gate(DROP);
        script.append("RETURN 'this may meet the dead connection' AS x;\n");
        statement(Feature.RECONNECT, "RETURN 'once ' + 'more' AS x;", "\"once more\"");
    }

    private void statement(Feature feature, String statement, String prints) {
        script.append(statement).append('\n');
        expected.put(feature, prints);
    }

    private void gate(String name) throws IOException, InterruptedException {
        Path pipe = folder.resolve(name);
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        gates.put(name, pipe);
        script.append("RETURN 'gate ' + '")
                .append(name)
                .append("' AS g;\n:source ")
                .append(pipe)
                .append('\n');
    }

    /** By feature: empty when all went well, else what was printed. */
    static Map<Feature, String> run(
            List<String> command, ServerProcess server, SampleTables tables, DroppingProxy proxy)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("spangraph-shell");
        try {
            Map<Feature, String> results = new ShellRun(folder).results(command, tables, proxy);
            results.put(Feature.CANCEL, cancelled(command, server));
            return results;
        } finally {
            for (String left : new String[] {APPEND, DROP, "script.cypher", ""}) {
                Files.deleteIfExists(folder.resolve(left));
            }
        }
    }

    /** Ends a shell in the middle of its query, as Ctrl-C does with a script. */
    private static String cancelled(List<String> command, ServerProcess server)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.add(ENDLESS);
        Process shell = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int running = awaitQueries(server, 1);
        shell.destroy();
        shell.waitFor();
        int left = awaitQueries(server, 0);
        return running == 1 && left == 0 ? "" : running + " queries ran before the end, and " + left + " after it";
    }

    private static int awaitQueries(ServerProcess server, int wanted) throws IOException, InterruptedException {
        int running = server.runningQueries();
        for (int i = 0; i < TRIES && running != wanted; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
            running = server.runningQueries();
        }
        return running;
    }

    private Map<Feature, String> results(List<String> command, SampleTables tables, DroppingProxy proxy)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--fail-at-end", "--param", "{x: 'Rabbit', y: 42}"));
        Path file = Files.writeString(folder.resolve("script.cypher"), script);
        Process shell = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectInput(file.toFile())
                .start();
        List<String> lines = new ArrayList<>();
        Numbers numbers = new Numbers();
        try (BufferedReader output = shell.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = output.readLine()) != null) {
                if (numbers.take(line)) {
                    continue;
                }
                lines.add(line);
                if (line.equals("\"gate " + APPEND + "\"")) {
                    tables.appendSample();
                    open(APPEND);
                } else if (line.equals("\"gate " + DROP + "\"")) {
                    proxy.drop();
                    open(DROP);
                }
            }
        } finally {
            if (!shell.waitFor(10, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        }
        Map<Feature, String> results = judged(lines);
        results.put(Feature.STREAM, numbers.areAll() ? "" : "printed " + numbers);
        return results;
    }

    /** The million numbers, which are counted as they come: the test holds no more of them than the shell does. */
    private static final class Numbers {
        private long count;
        private long sum;

        boolean take(String line) {
            if (line.isEmpty() || !line.chars().allMatch(Character::isDigit)) {
                return false;
            }
            count++;
            sum += Long.parseLong(line);
            return true;
        }

        boolean areAll() {
            return count == MILLION && sum == (long) MILLION * (MILLION - 1) / 2;
        }

        @Override
        public String toString() {
            return count + " numbers, " + sum + " together";
        }
    }

    private void open(String gate) throws IOException {
        Files.writeString(gates.get(gate), "// go on\n");
    }

    private Map<Feature, String> judged(List<String> lines) {
        Map<Feature, String> results = new EnumMap<>(Feature.class);
        String printed = String.join("\n", lines);
        expected.forEach((feature, text) -> results.put(feature, printed.contains(text) ? "" : "printed " + printed));
        results.put(Feature.ROUTING, results.get(Feature.CONNECT)); // the address is a neo4j:// one
        List<String> counts =
                lines.stream().filter(line -> line.startsWith("\"samples ")).toList();
        boolean snapshot = counts.size() == 3
                && counts.get(0).equals(counts.get(1))
                && !counts.get(1).equals(counts.get(2));
        results.put(Feature.TRANSACTION, snapshot ? "" : "counted " + counts + " and printed " + printed);
        return results;
    }
}
