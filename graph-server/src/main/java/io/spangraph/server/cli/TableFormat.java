package io.spangraph.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table with aligned columns, for people. Widths come from the first rows, so that a long answer appears while it is
 * computed; wide cells are cut on a terminal only, where nobody can process them anyway.
 */
final class TableFormat implements RowFormat {
    private static final int ROWS_MEASURED = 1000;
    private static final int WIDEST_ON_TERMINAL = 60;
    private static final String GAP = "  ";

    private final PrintWriter out;
    private final boolean terminal;
    private final List<List<Cell>> waiting = new ArrayList<>();
    private List<String> columns = List.of();
    private int[] widths = {};
    private boolean measured;
    private long rows;

    /** A cell's text, and whether it is a number, which stands at the right. */
    private record Cell(String text, boolean number) {}

    TableFormat(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void begin(List<String> names) {
        columns = names;
        widths = names.stream().mapToInt(TextWidth::of).toArray();
    }

    @Override
    public void row(List<JsonNode> cells) {
        rows++;
        List<Cell> line = cells.stream()
                .map(cell -> new Cell(oneLine(RowFormat.text(cell)), cell.isNumber()))
                .toList();
        if (measured) {
            print(line);
            return;
        }
        waiting.add(line);
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], TextWidth.of(line.get(i).text()));
        }
        if (waiting.size() == ROWS_MEASURED) {
            printWaiting();
        }
    }

    private void printWaiting() {
        measured = true;
        print(columns.stream().map(name -> new Cell(name, false)).toList());
        print(Arrays.stream(widths)
                .mapToObj(width -> new Cell("-".repeat(width), false))
                .toList());
        waiting.forEach(this::print);
        waiting.clear();
    }

    private void print(List<Cell> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            String padding = " ".repeat(Math.max(0, widths[i] - TextWidth.of(cell.text())));
            line.append(i == 0 ? "" : GAP);
            line.append(cell.number() ? padding + cell.text() : cell.text() + padding);
        }
        out.println(line.toString().stripTrailing());
    }

    /** Line breaks and control characters would break the table, or the terminal. */
    private String oneLine(String text) {
        String line = text.codePoints()
                .map(character -> Character.isISOControl(character) ? ' ' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return terminal ? TextWidth.cut(line, WIDEST_ON_TERMINAL) : line;
    }

    @Override
    public void end() {
        if (!measured) {
            printWaiting();
        }
        if (terminal) {
            out.println();
            out.println(rows == 1 ? "1 row" : rows + " rows");
        }
        out.flush();
    }
}
