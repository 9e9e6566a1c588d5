package io.spangraph.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of clients and features in docs/clients.md, which the tests write and compare. */
final class Matrix {
    private static final Path PAGE = Path.of("..", "..", "docs", "clients.md");
    private static final String BEGIN = "<!-- matrix -->";
    private static final String END = "<!-- /matrix -->";

    private final Map<Client, Map<Feature, String>> results = new LinkedHashMap<>();

    void add(Client client, Map<Feature, String> features) {
        results.put(client, Map.copyOf(features));
    }

    /** Lines as they should stand on the page. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Client, Map<Feature, String>> entry : results.entrySet()) {
            lines.add(line(entry.getKey(), entry.getValue()));
        }
        return lines;
    }

    private static String line(Client client, Map<Feature, String> features) {
        StringBuilder line = new StringBuilder("| ").append(client.title());
        for (Feature feature : Feature.all()) {
            String result = features.get(feature);
            line.append(" | ").append(result == null ? "" : result.isEmpty() ? "yes" : "no");
        }
        return line.append(" |").toString();
    }

    /** Lines that the page lacks. */
    List<String> missing() throws IOException {
        String page = Files.readString(PAGE);
        return lines().stream().filter(line -> !page.contains(line)).toList();
    }

    /** Writes the table anew; only the run of all clients can. */
    void write() throws IOException {
        String page = Files.readString(PAGE);
        StringBuilder table = new StringBuilder(BEGIN).append('\n').append("| client");
        Feature.all().forEach(feature -> table.append(" | ").append(feature.title()));
        table.append(" |\n|---").append("|---".repeat(Feature.all().size())).append("|\n");
        lines().forEach(line -> table.append(line).append('\n'));
        Files.writeString(PAGE, page.substring(0, page.indexOf(BEGIN)) + table + page.substring(page.indexOf(END)));
    }
}
