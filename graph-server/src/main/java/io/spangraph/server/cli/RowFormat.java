package io.spangraph.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A form in which rows are printed. */
interface RowFormat {
    void begin(List<String> columns);

    void row(List<JsonNode> cells);

    void end();

    /** A cell as text: texts as they are, null as nothing, the rest as JSON. */
    static String text(JsonNode cell) {
        if (cell.isNull()) {
            return "";
        }
        return cell.isTextual() ? cell.textValue() : cell.toString();
    }
}
