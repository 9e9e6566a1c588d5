package io.spangraph.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to get a mapping wrong, with the exact messages. {@code -Dcases.update} writes the expected messages anew.
 */
class BrokenMappingsTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "mappings", "broken");
    private static final boolean UPDATE = System.getProperty("cases.update") != null;

    static List<Path> mappings() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(Path::getFileName)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void eachProblemIsToldWithItsPlace(Path mapping) throws IOException {
        String text = Files.readString(FOLDER.resolve(mapping));
        LoadedSchema loaded = GraphSchemaLoader.read(mapping.toString(), text, Map.of("data", "/somewhere"));
        List<SchemaProblem> problems = loaded.with(GraphSchemaValidator.validate(loaded.schema(), new SampleTables()))
                .problems();
        String found = String.join(
                        "\n",
                        problems.stream()
                                .map(problem -> problem.describe(mapping.toString()))
                                .toList())
                + "\n";
        Path expected = FOLDER.resolve(mapping.toString().replace(".yaml", ".expected"));
        if (UPDATE) {
            Files.writeString(expected, found);
        }

        assertThat(problems).isNotEmpty();
        assertThat(found).isEqualTo(Files.readString(expected));
    }

    @Test
    void noDamageToAFileIsTooMuch() throws IOException {
        String sound = Files.readString(Path.of("..", "schema", "graph.yaml"));
        String[] pieces = {
            "",
            "",
            "'",
            "\"",
            "[",
            "]",
            "{",
            "}",
            ":",
            "\n",
            "  ",
            "-",
            "*a",
            "&a ",
            "(",
            "${",
            "\t",
            "null",
            "\uD83D\uDE00"
        };
        Random random = new Random(11);
        int broken = 0;
        for (int i = 0; i < 1_500; i++) {
            int start = random.nextInt(sound.length());
            int end = Math.min(sound.length(), start + random.nextInt(12));
            String text = sound.substring(0, start) + pieces[random.nextInt(pieces.length)] + sound.substring(end);

            LoadedSchema loaded = GraphSchemaLoader.read("damaged.yaml", text, Map.of("data", "/somewhere"));
            List<SchemaProblem> problems = loaded.with(
                            GraphSchemaValidator.validate(loaded.schema(), new SampleTables()))
                    .problems();

            broken += problems.isEmpty() ? 0 : 1;
            assertThat(problems).as(text).allSatisfy(problem -> {
                assertThat(problem.position().offset()).isLessThanOrEqualTo(text.length());
                assertThat(problem.message()).endsWith(problem.message().endsWith("?") ? "?" : ".");
            });
        }
        assertThat(broken).isGreaterThan(750);
    }

    @Test
    void thereAreEnoughOfThem() throws IOException {
        assertThat(mappings()).hasSizeGreaterThanOrEqualTo(25);
    }
}
