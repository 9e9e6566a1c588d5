package io.spangraph.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference for users names every key that the loader reads, and no other. */
class GraphYamlReferenceTest {
    private static final Path REFERENCE = Path.of("..", "docs", "graph-yaml.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)(?:\\([^`]*)?` \\|");

    @ParameterizedTest
    @EnumSource(MappingSection.class)
    void eachSectionListsItsKeys(MappingSection section) {
        String heading = section.title().replace("'", "").replace("types source", "type's source");
        String text = section(heading);

        assertThat(rows(text)).containsExactlyElementsOf(section.keys());
        Matcher reserved =
                Pattern.compile("(?m)^Reserved, refused today: (.*)\\.$").matcher(text);
        List<String> names =
                reserved.find() ? List.of(reserved.group(1).replace("`", "").split(", ")) : List.of();
        assertThat(names).containsExactlyElementsOf(section.reserved());
    }

    @Test
    void everyFunctionIsExplained() {
        String text = section("Expressions");

        assertThat(rows(text.substring(text.indexOf("| function |"))))
                .containsExactlyElementsOf(MappingFunction.names());
    }

    @Test
    void limitsAreThoseOfTheCode() {
        assertThat(reference().replaceAll("\\s+", " "))
                .contains("at most %,d characters, %d levels and %d uses of anchors"
                        .formatted(YamlSource.MAX_LENGTH, YamlSource.MAX_DEPTH, YamlSource.MAX_ALIASES))
                .contains("at most %,d characters, %d levels of brackets and %d operators"
                        .formatted(
                                MappingExpressionParser.MAX_LENGTH,
                                MappingExpressionParser.MAX_DEPTH,
                                MappingExpressionParser.MAX_OPERATORS));
    }

    @Test
    void theSampleIsSound() {
        Matcher sample = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(reference());
        assertThat(sample.find()).isTrue();

        LoadedSchema loaded = GraphSchemaLoader.read("sample.yaml", sample.group(1), Map.of("data", "/somewhere"));
        List<SchemaProblem> problems = loaded.with(GraphSchemaValidator.validate(loaded.schema(), new SampleTables()))
                .problems();

        assertThat(problems).isEmpty();
        assertThat(loaded.schema().edgeTypes())
                .singleElement()
                .satisfies(edge -> assertThat(edge.to()).isEqualTo(new EdgeEnd.SameRow("Call")));
    }

    private static List<String> rows(String text) {
        List<String> names = new ArrayList<>();
        ROW.matcher(text).results().map((MatchResult row) -> row.group(1)).forEach(names::add);
        return names;
    }

    private static String section(String heading) {
        Matcher start = Pattern.compile("(?mi)^## (the )?" + Pattern.quote(heading.replaceFirst("^the ", "")) + "$")
                .matcher(reference());
        assertThat(start.find()).as("a heading '%s'", heading).isTrue();
        String rest = reference().substring(start.end());
        int next = rest.indexOf("\n## ");
        return next < 0 ? rest : rest.substring(0, next);
    }

    private static String reference() {
        try {
            return Files.readString(REFERENCE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
