package io.spangraph.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    void thereAreEnoughOfThem() throws IOException {
        assertThat(mappings()).hasSizeGreaterThanOrEqualTo(25);
    }
}
