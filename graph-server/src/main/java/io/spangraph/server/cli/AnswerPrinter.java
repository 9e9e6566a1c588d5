package io.spangraph.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;

/** Prints an answer: rows and plans to stdout, warnings to stderr, so that rows can be piped on. */
final class AnswerPrinter implements Answer {
    private final RowFormat rows;
    private final PrintWriter out;
    private final PrintWriter err;
    private List<String> columns = List.of();
    private boolean begun;

    AnswerPrinter(RowFormat rows, PrintWriter out, PrintWriter err) {
        this.rows = rows;
        this.out = out;
        this.err = err;
    }

    @Override
    public void columns(List<String> names) {
        columns = names;
    }

    @Override
    public void row(List<JsonNode> cells) {
        begin();
        rows.row(cells);
    }

    private void begin() {
        if (!begun) {
            begun = true;
            rows.begin(columns);
        }
    }

    @Override
    public void warning(String text) {
        err.println("Warning: " + text);
    }

    /** Takes the place of rows where there are none: a query that is only explained has columns all the same. */
    @Override
    public void plan(JsonNode plan) {
        endRows();
        PlanText.print(plan, out);
        columns = List.of();
    }

    void end() {
        if (!columns.isEmpty()) {
            begin();
            endRows();
        }
        out.flush();
    }

    private void endRows() {
        if (begun) {
            rows.end();
        }
    }
}
