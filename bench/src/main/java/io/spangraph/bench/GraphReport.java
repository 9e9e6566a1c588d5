package io.spangraph.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code bench/run report}: tables in Markdown and a plot from the JSON of earlier runs; of a row the last one counts. */
final class GraphReport {
    static final String USAGE = "Usage: bench/run report PLOT.svg RUN.json [RUN.json ...]";

    private GraphReport() {}

    /** Writes the plot and gives the tables. */
    static String of(Path plot, List<Path> runs) throws IOException {
        Map<String, BenchRow> rows = new LinkedHashMap<>();
        for (Path run : runs) {
            for (JsonNode line : new ObjectMapper().readTree(run.toFile())) {
                BenchRow row = BenchRow.of(line);
                rows.put(row.row() + row.state() + row.peer().map(BenchRow.Peer::input), row);
            }
        }
        List<BenchRow> all = new ArrayList<>(rows.values());
        Files.writeString(plot, RatioPlot.of(all));
        return table(all) + "\n" + bars(all);
    }

    private static String table(List<BenchRow> rows) {
        StringBuilder text = new StringBuilder(
                "| row | state | ours ms | p99 | cpu | DuckDB reads | ms | cpu | ratio | cpu ratio | files | groups | bytes"
                        + " | rows |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (BenchRow row : rows) {
            text.append(row.checksumEqual() ? line(row) : unequal(row));
        }
        return text.toString();
    }

    private static String unequal(BenchRow row) {
        return "| `" + row.row() + "` | " + row.state().id() + " | no answer, or another one |" + " |".repeat(11)
                + "\n";
    }

    private static String line(BenchRow row) {
        String peer = row.peer()
                .map(side -> String.format(
                        Locale.ROOT,
                        "%s | %s | %s | %s | %s",
                        side.input().id(),
                        millis(side.timing().medianMillis()),
                        millis(side.timing().cpuMillis()),
                        ratio(row.ours().medianMillis() / side.timing().medianMillis()),
                        ratio(row.ours().cpuMillis() / side.timing().cpuMillis())))
                .orElse("- | - | - | - | -");
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %s | %s | %s | %d | %d | %,d | %d |%n",
                row.row(),
                row.state().id(),
                millis(row.ours().medianMillis()),
                millis(row.ours().p99Millis()),
                millis(row.ours().cpuMillis()),
                peer,
                row.reads().files(),
                row.reads().rowGroups(),
                row.reads().bytes(),
                row.reads().rows());
    }

    private static String bars(List<BenchRow> rows) {
        StringBuilder text = new StringBuilder("| what | wanted | found | |\n|---|---|---|---|\n");
        GraphBars.of(rows)
                .forEach(verdict -> text.append("| ")
                        .append(verdict.what())
                        .append(" | ")
                        .append(verdict.wanted())
                        .append(" | ")
                        .append(verdict.found())
                        .append(verdict.met() ? " | met |\n" : " | **missed** |\n"));
        return text.toString();
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Bold where we are slower. */
    private static String ratio(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "-";
        }
        String text = String.format(Locale.ROOT, "%.3f", value);
        return value > 1 ? "**" + text + "**" : text;
    }
}
