package io.spangraph.bench;

import io.spangraph.bench.lake.SocialLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rows of {@code bench/run graph}: some by name, pairs and questions of the social network as their files say. */
final class GraphRows {
    private static final String QUESTION = ".cypher";
    static final String FIRST_POINT = "first-point";
    static final String FIRST_BI = "first-bi";

    private static final String FLAT = "flat-";
    private static final String HOP = "hop-";
    private static final String SOCIAL = "social-";
    private static final Set<String> BY_PERSON = Set.of("social-01", "social-02");
    private static final String PAIR = "pair-";

    private static final List<GraphRow> NAMED = List.of(
            GraphRow.wholeLake("pairs", GraphLake.DAY),
            GraphRow.wholeLake("same-tool-5", GraphLake.DAY),
            GraphRow.wholeLake("same-tool-2", GraphLake.DAY),
            GraphRow.wholeLake("fail-leaf", GraphLake.DAY),
            GraphRow.wholeLake("orphans", GraphLake.DAY),
            GraphRow.wholeLake("with-parent", GraphLake.DAY),
            GraphRow.wholeLake("fan-out", GraphLake.DAY),
            GraphRow.wholeLake("subtree-tokens", GraphLake.DAY),
            GraphRow.wholeLake("below", GraphLake.DAY),
            GraphRow.sized("descendants-all-1m", "descendants-all", GraphLake.DAY_TENTH),
            GraphRow.wholeLake("descendants-all", GraphLake.DAY),
            GraphRow.page("page-550", "page-550", GraphLake.DAY),
            GraphRow.page("page-550-bucket", "page-550", GraphLake.BUCKET),
            GraphRow.page("page-550-payload", "page-550-payload", GraphLake.PAYLOAD),
            GraphRow.trace("trace-growth-1m", "trace-growth", GraphLake.BUCKET_TENTH),
            GraphRow.trace("trace-growth-10m", "trace-growth", GraphLake.BUCKET),
            GraphRow.trace("trace-growth-30m", "trace-growth", GraphLake.BUCKET_TRIPLE),
            GraphRow.sized("window-10m", "window", GraphLake.LEAN),
            GraphRow.sized("window-30m", "window", GraphLake.LEAN_TRIPLE));

    private GraphRows() {}

    /** All rows whose questions stand below the folder {@code bench}. */
    static List<GraphRow> of(Path folder) {
        List<GraphRow> rows = new ArrayList<>(NAMED);
        for (String question : questions(folder)) {
            if (question.startsWith(SOCIAL)) {
                rows.add(GraphRow.social(question, BY_PERSON.contains(question) ? KeyKind.PERSON : KeyKind.NONE));
            }
            if (question.startsWith(FLAT) || question.startsWith(HOP)) {
                rows.add(GraphRow.ofPair(question, PAIR + question.substring(question.indexOf('-') + 1)));
            }
        }
        return List.copyOf(rows);
    }

    /** Ids of all rows, those without a peer as well. */
    static List<String> ids(Path folder) {
        return Stream.concat(
                        of(folder).stream().map(GraphRow::id),
                        Stream.of(PlanTimes.NEW_TEXT, PlanTimes.NEW_LITERAL, FIRST_POINT, FIRST_BI))
                .toList();
    }

    /** Those first questions of a process that are wanted. */
    static List<FirstAnswer> firstAnswers(Path folder, BenchOptions options, long spans) {
        List<FirstAnswer> all = new ArrayList<>();
        Path network = SocialLake.directory(options.data(), GraphLake.people(spans));
        int starts = options.pace().starts();
        if (options.wants(FIRST_POINT)) {
            List<String> people = OpenGraph.people(spans, starts);
            all.add(first(FIRST_POINT, folder, "first-point", network, KeyKind.PERSON, people));
        }
        if (options.wants(FIRST_BI)) {
            all.add(first(FIRST_BI, folder, "social-04", network, KeyKind.NONE, Collections.nCopies(starts, "")));
        }
        return all;
    }

    private static FirstAnswer first(
            String id, Path folder, String question, Path network, KeyKind kind, List<String> keys) {
        String file = "graph/" + question + QUESTION;
        return new FirstAnswer(id, folder, GraphLake.SOCIAL.mapping(), file, network, kind, keys, key -> -1);
    }

    private static List<String> questions(Path folder) {
        try (Stream<Path> files = Files.list(folder.resolve("graph"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(QUESTION))
                    .map(file -> file.substring(0, file.length() - QUESTION.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("The questions are not in " + folder.resolve("graph") + ".", e);
        }
    }
}
