package io.spangraph.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Golden files: each query gives the plan or the error that its file says. {@code -Dcases.update} writes the files anew;
 * what changed is then read in the difference.
 */
class CaseFilesTest {
    private static final Path CASES = Path.of("src/test/resources/cases");

    @TestFactory
    Stream<DynamicContainer> cases() throws IOException {
        boolean update = System.getProperty("cases.update") != null;
        List<Path> files;
        try (Stream<Path> walked = Files.walk(CASES)) {
            files = walked.filter(path -> path.toString().endsWith(".case"))
                    .sorted()
                    .toList();
        }
        assertThat(files).as("case files below " + CASES).hasSizeGreaterThan(8);
        return files.stream().map(path -> container(path, update));
    }

    private static DynamicContainer container(Path path, boolean update) {
        try {
            if (update) {
                CaseFile.read(path).update();
            }
            CaseFile file = CaseFile.read(path);
            assertThat(file.cases()).as("cases of " + path).isNotEmpty();
            return DynamicContainer.dynamicContainer(
                    CASES.relativize(path).toString(),
                    file.cases().stream()
                            .map(one -> DynamicTest.dynamicTest(
                                    one.title(),
                                    () -> assertThat(CaseFile.actual(one))
                                            .as(one.query())
                                            .isEqualTo(one.expected()))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
