package io.spangraph.engine.optimize.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultRulesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "rules.md");

    @Test
    void areListedInTheDocumentInTheirOrder() throws IOException {
        StringBuilder table = new StringBuilder();
        int order = 1;
        for (Rule rule : DefaultRules.ALL) {
            table.append("| ")
                    .append(order++)
                    .append(" | ")
                    .append(rule.name())
                    .append(" | ")
                    .append(rule.summary())
                    .append(" | ")
                    .append(rule.required() ? "no" : "yes")
                    .append(" |\n");
        }
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| ") && Character.isDigit(line.charAt(2)))
                .toList();
        assertThat(String.join("\n", rows) + "\n").isEqualTo(table.toString());
    }

    @Test
    void haveEachANameAndOneSentence() {
        assertThat(DefaultRules.ALL).extracting(Rule::name).doesNotHaveDuplicates();
        assertThat(DefaultRules.ALL)
                .allSatisfy(rule -> assertThat(rule.summary()).matches("[A-Z][^.]*\\."));
    }
}
