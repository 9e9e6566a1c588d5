package io.spangraph.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** A plan on stdout, as the text that comes with it in the Query API. */
final class PlanText {
    private PlanText() {}

    static void print(JsonNode plan, PrintWriter out) {
        out.println(plan.path("arguments")
                .path("string-representation")
                .asText(plan.path("operatorType").asText())
                .stripTrailing());
    }
}
