package io.spangraph.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.server.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Compares the references in {@code docs/} with the lists in the code that they describe. */
class DocumentationTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void everySettingIsDescribedAndNoOther() throws IOException {
        assertThat(rows("configuration.md", "| setting |"))
                .containsExactlyElementsOf(Arrays.stream(Setting.values())
                        .map(setting -> "| `" + setting.path() + "` | "
                                + (setting.defaultText().isEmpty() ? "none" : "`" + setting.defaultText() + "`")
                                + " | " + setting.summary() + " |")
                        .toList());
    }

    @Test
    void everyErrorIsDescribedAndNoOther() throws IOException {
        List<String> rows = rows("errors.md", "| code |");
        assertThat(rows.stream()
                        .map(row -> row.split(" \\| ", 6))
                        .map(cells -> String.join(" | ", Arrays.copyOf(cells, 5))))
                .containsExactlyElementsOf(Arrays.stream(QueryErrorCode.values())
                        .map(code -> "| `" + code.name() + "` | "
                                + code.kind().name().toLowerCase(Locale.ROOT) + " | `" + code.neo4jStatus() + "` | `"
                                + code.gqlStatus() + "` | " + code.httpStatus())
                        .toList());
        assertThat(rows).allSatisfy(row -> assertThat(row.split(" \\| ")).hasSize(7));
    }

    /** The rows of the table whose head begins so. */
    private static List<String> rows(String file, String head) throws IOException {
        List<String> lines = Files.readAllLines(DOCS.resolve(file));
        int start = lines.stream()
                .filter(line -> line.startsWith(head))
                .mapToInt(lines::indexOf)
                .findFirst()
                .orElseThrow();
        return lines.subList(start + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
