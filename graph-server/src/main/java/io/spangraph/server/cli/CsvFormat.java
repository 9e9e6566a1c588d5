package io.spangraph.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values after RFC 4180, for spreadsheets and scripts; lines end as lines do here, by a line feed. */
final class CsvFormat implements RowFormat {
    private static final char LINE_END = '\n';

    private final PrintWriter out;

    CsvFormat(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(List<String> columns) {
        print(columns);
    }

    @Override
    public void row(List<JsonNode> cells) {
        print(cells.stream().map(RowFormat::text).toList());
    }

    private void print(List<String> fields) {
        out.print(fields.stream().map(CsvFormat::field).collect(Collectors.joining(",")) + LINE_END);
    }

    private static String field(String text) {
        boolean quoted =
                text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    @Override
    public void end() {
        out.flush();
    }
}
