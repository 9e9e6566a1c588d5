package io.spangraph.engine.physical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhysicalRulesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "rules.md");
    private static final String HEADING = "## Choices of operators";

    @Test
    void areListedInTheDocumentInTheirOrder() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        List<String> rows = lines.subList(lines.indexOf(HEADING) + 1, lines.size()).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Choice"))
                .toList();
        assertThat(rows)
                .isEqualTo(PhysicalRules.ALL.stream()
                        .map(rule -> "| " + rule.name() + " | " + rule.summary() + " |")
                        .toList());
    }

    @Test
    void haveEachOneSentence() {
        assertThat(PhysicalRules.ALL)
                .allSatisfy(rule -> assertThat(rule.summary()).matches("[A-Z][^.]*\\."));
    }
}
