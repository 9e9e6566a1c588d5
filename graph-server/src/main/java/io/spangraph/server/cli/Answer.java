package io.spangraph.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Takes an answer as it arrives, from a server or from this process. */
interface Answer {
    /** Comes first. */
    void columns(List<String> names);

    void row(List<JsonNode> cells);

    /** Something the author of the query should know. */
    void warning(String text);

    /** A plan, in place of rows or after them. */
    void plan(JsonNode plan);
}
