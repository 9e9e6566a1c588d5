package io.spangraph.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A question as Cypher and as SQL, read from a text file: {@code -- parameter name: SQL} lines find values in the lake,
 * {@code -- ordered} says that the order of the rows is part of the answer.
 */
record AcceptanceCase(String name, Map<String, String> parameters, boolean ordered, String cypher, String sql) {

    static List<AcceptanceCase> readAll(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".case"))
                    .sorted()
                    .map(AcceptanceCase::read)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AcceptanceCase read(Path file) {
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean ordered = false;
        List<String> cypher = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        List<String> section = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("-- parameter ")) {
                    String[] parts = line.substring("-- parameter ".length()).split(":", 2);
                    parameters.put(parts[0].strip(), parts[1].strip());
                } else if (line.equals("-- ordered")) {
                    ordered = true;
                } else if (line.equals("== cypher")) {
                    section = cypher;
                } else if (line.equals("== sql")) {
                    section = sql;
                } else {
                    section.add(line);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        String name = file.getFileName().toString().replace(".case", "");
        return new AcceptanceCase(name, parameters, ordered, String.join("\n", cypher), String.join("\n", sql));
    }
}
