package io.spangraph.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may be asked for. */
class BenchOptionsTest {
    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--span", "5")))
                .hasMessageStartingWith("Unknown option --span.");
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--spans", "many")))
                .hasMessage("--spans needs a number, not 'many'.");
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--spans", "0")))
                .hasMessage("--spans needs 1000 at least, not 0.");
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--json"))).hasMessageStartingWith("--json needs a value.");
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--only", "group-by,group")))
                .hasMessageStartingWith("--only needs ids of rows; 'group' is none. There are: trace-fetch, ");
    }

    @Test
    void rowsCanBeChosen() {
        BenchOptions options = BenchOptions.parse(List.of("--only", "group-by,scan-512m", "--spans", "10_000"));
        assertThat(BenchOptions.ROWS.stream().filter(options::wants)).containsExactly("group-by", "scan-512m");
        assertThat(options.spans()).hasValue(10_000);
    }

    @Test
    void withoutOptionsEveryRowRunsInFull() {
        BenchOptions options = BenchOptions.parse(List.of());
        assertThat(BenchOptions.ROWS).allMatch(options::wants);
        assertThat(options.pace()).isEqualTo(Pace.FULL);
        assertThat(options.data()).isAbsolute();
        assertThat(BenchOptions.parse(List.of("--data", "x")).data())
                .isEqualTo(Path.of("x").toAbsolutePath());
    }

    @Test
    void theUsageNamesEveryRow() {
        assertThat(BenchOptions.ROWS).allMatch(BenchOptions.USAGE::contains);
    }
}
