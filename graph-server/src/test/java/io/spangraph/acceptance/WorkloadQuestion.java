package io.spangraph.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A question of {@code bench/workload} with its twin in SQL from {@code bench/sql/workload}, whose README explains the
 * lines at its head.
 *
 * @param order columns of the SQL that the rows are ordered by, the first one first; none if the order is free
 * @param samples columns that hold any few elements of the list that the SQL gives, and how many
 * @param leastRows that acme must find, over all its parameters together
 * @param parameters SQL: each row is one set of parameters, its columns are their names
 * @param answer SQL: all rows of the answer, as if SKIP and LIMIT were not there
 * @param limit the LIMIT of the Cypher
 */
record WorkloadQuestion(
        String name,
        String cypher,
        List<String> order,
        Map<String, Integer> samples,
        int leastRows,
        String parameters,
        String answer,
        Optional<Integer> limit) {
    private static final Path CYPHER = Path.of("..", "bench", "workload");
    private static final Path SQL = Path.of("..", "bench", "sql", "workload");
    private static final Pattern LIMIT = Pattern.compile("\\bLIMIT (\\d+)\\s*$");
    private static final Pattern TABLE_ROW = Pattern.compile("\\| (q\\d\\d-[a-z-]+) \\|.*\\| (yes|no: .+) \\|");
    private static final String PARAMETERS = "-- == parameters\n";
    private static final String ANSWER = "-- == answer\n";

    /** The names of all questions. */
    static List<String> all() {
        return names(CYPHER, ".cypher");
    }

    /** The names of the questions that have a twin. */
    static List<String> covered() {
        return names(SQL, ".sql");
    }

    /** The questions that have no twin, each with the name in its text that stands in the way. */
    static Map<String, String> notCovered() {
        return text(SQL.resolve("not-covered.txt"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    /** What the table in the README says of each question in its last column, as {@code name: yes}. */
    static List<String> table() {
        return text(CYPHER.resolve("README.md"))
                .lines()
                .map(TABLE_ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1) + ": " + row.group(2))
                .toList();
    }

    static String cypher(String name) {
        return text(CYPHER.resolve(name + ".cypher"));
    }

    static WorkloadQuestion read(String name) {
        String cypher = cypher(name);
        String sql = text(SQL.resolve(name + ".sql"));
        int parameters = sql.indexOf(PARAMETERS);
        int answer = sql.indexOf(ANSWER);
        String head = sql.substring(0, parameters);
        Matcher limit = LIMIT.matcher(cypher);
        return new WorkloadQuestion(
                name,
                cypher,
                values(head, "order").filter(column -> !column.equals("none")).toList(),
                values(head, "any of")
                        .map(column -> column.split(" ", 2))
                        .collect(Collectors.toMap(parts -> parts[0], parts -> Integer.parseInt(parts[1]))),
                values(head, "rows").mapToInt(Integer::parseInt).findFirst().orElseThrow(),
                sql.substring(parameters + PARAMETERS.length(), answer),
                sql.substring(answer + ANSWER.length()),
                limit.find() ? Optional.of(Integer.parseInt(limit.group(1))) : Optional.empty());
    }

    private static Stream<String> values(String head, String key) {
        String start = "-- " + key + ": ";
        return head.lines()
                .filter(line -> line.startsWith(start))
                .flatMap(line -> Stream.of(line.substring(start.length()).split(", ")));
    }

    private static List<String> names(Path directory, String extension) {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(extension))
                    .forEach(file -> names.add(file.substring(0, file.length() - extension.length())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names.sort(null);
        return names;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
