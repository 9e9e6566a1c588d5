package io.spangraph.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;

/** One JSON array with an object for each row, a row to a line. */
final class JsonFormat implements RowFormat {
    private final PrintWriter out;
    private List<String> columns = List.of();
    private String separator = "[";

    JsonFormat(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(List<String> names) {
        columns = names;
    }

    @Override
    public void row(List<JsonNode> cells) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            row.set(columns.get(i), cells.get(i));
        }
        out.print(separator);
        out.print(row);
        separator = ",\n ";
    }

    @Override
    public void end() {
        out.println(separator.equals("[") ? "[]" : "]");
        out.flush();
    }
}
