package io.spangraph.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.procedure.Procedure;
import io.spangraph.engine.procedure.Procedure.Argument;
import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.engine.procedure.Procedures;
import io.spangraph.engine.procedure.ShowCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page on procedures lists those that there are; {@code -Dcases.update} writes its lists anew. */
class ProceduresDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "procedures.md");
    private static final String PROCEDURES = "## Procedures\n";
    private static final String COMMANDS = "## SHOW commands\n";

    @Test
    void listsEveryProcedureAndCommand() throws IOException {
        String expected = PROCEDURES + "\n" + sections(Procedures.all()) + COMMANDS + "\n"
                + sections(ShowCommands.all()).stripTrailing() + "\n";
        String document = Files.readString(DOCUMENT);
        if (System.getProperty("cases.update") != null) {
            document = document.substring(0, document.indexOf(PROCEDURES)) + expected;
            Files.writeString(DOCUMENT, document);
        }
        assertThat(document.substring(document.indexOf(PROCEDURES)))
                .as("docs/procedures.md, from '## Procedures' on")
                .isEqualTo(expected);
    }

    private static String sections(List<Procedure> procedures) {
        return procedures.stream().map(ProceduresDocumentTest::section).collect(Collectors.joining());
    }

    private static String section(Procedure procedure) {
        StringBuilder text = new StringBuilder("### " + procedure.name() + "\n\n" + procedure.description());
        if (procedure.reads() == Reads.ROWS) {
            text.append(" Counts rows of the reader.");
        }
        text.append("\n\n");
        if (!procedure.arguments().isEmpty()) {
            text.append("| Argument | Type | |\n|---|---|---|\n");
            for (Argument argument : procedure.arguments()) {
                text.append(row(
                        argument.signature().split(" :: ", 2)[0],
                        argument.type().spelling(),
                        argument.description()));
            }
            text.append("\n");
        }
        text.append("| Column | Type | |\n|---|---|---|\n");
        for (Column column : procedure.columns()) {
            text.append(row(
                    column.name() + (column.brief() ? "" : " \\*"),
                    column.type().spelling(),
                    column.description()));
        }
        return text.append("\n").toString();
    }

    private static String row(String name, String type, String description) {
        return "| " + name + " | `" + type + "` | " + description + " |\n";
    }
}
