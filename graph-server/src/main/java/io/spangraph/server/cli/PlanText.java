package io.spangraph.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** A plan on stdout: the text that came with it, else its operators as an indented tree. */
final class PlanText {
    private static final String TEXT = "string-representation";

    private PlanText() {}

    static void print(JsonNode plan, PrintWriter out) {
        JsonNode text = plan.path("arguments").path(TEXT);
        if (text.isTextual()) {
            out.println(text.textValue().stripTrailing());
        } else {
            print(plan, "", out);
        }
    }

    private static void print(JsonNode operator, String indent, PrintWriter out) {
        StringBuilder line = new StringBuilder(indent);
        line.append(operator.path("operatorType").asText());
        String details = operator.path("arguments").path("Details").asText();
        if (!details.isEmpty()) {
            line.append(": ").append(details);
        }
        if (operator.has("records")) {
            line.append("  (")
                    .append(operator.path("records").asLong())
                    .append(" rows, ")
                    .append(operator.path("time").asLong() / 1_000)
                    .append(" us)");
        }
        out.println(line);
        operator.path("children").forEach(child -> print(child, indent + "  ", out));
    }
}
